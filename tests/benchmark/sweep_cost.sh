#!/bin/sh
# What a point of a sweep costs beside a run of its own, in processor time, and whether it comes to the same:
# sweep_cost.sh PROGRAM SWEEP.toml [SHARD]: the sweep on one worker, then the points of SHARD (K/N; all if nothing is said) each by itself.
set -eu
program=$(realpath "$1")
file=$2
shard=${3:-1/1}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export OMP_NUM_THREADS=1
"$program" sweep "$file" -o "$dir/led" --fidelity coarse --jobs 1 --threads 1 --quiet >/dev/null
"$program" sweep "$file" -o "$dir/cold" --fidelity coarse --jobs 1 --threads 1 --quiet --cold --shard "$shard" >/dev/null
awk -F, 'FNR == 1 { for (i = 1; i <= NF; ++i) { name[i] = $i; column[$i] = i } next }
  FILENAME ~ /\/led\// { row[$1] = $0; sum += $column["cpu_s"]; ++n; led += $column["led"]; done += $column["status"] == "complete"
    if ($column["led"]) { led_sum += $column["cpu_s"] } if ($column["cpu_s"] > most) most = $column["cpu_s"] }
  FILENAME ~ /\/cold\// { cold += $column["cpu_s"]; ++m; split(row[$1], a, ",")
    for (i = 2; i <= NF; ++i) if (name[i] == "nerve.peak_compression_kPa" || name[i] == "nerve.peak_strain_percent" || name[i] == "roller.indentation_mm") {
      d = $i - a[i]; if (d < 0) d = -d; if ($i != 0 && d / $i > worst) { worst = d / $i; where = name[i] " of point " $1 } } }
  END { c = cold / m
    printf "%d points, %d complete, %d led by others; %d of them once more by themselves: %.2f s of processor time each\n", n, done, led, m, c
    printf "a point of the sweep: %.2f s, %.3f of that; without the dearest one %.3f; those that were led %.3f\n", sum / n, sum / n / c, (sum - most) / (n - 1) / c, led ? led_sum / led / c : 0
    printf "largest difference: %.1e (%s)\n", worst, where }' "$dir/led/results.csv" "$dir/cold/results.csv"
