#!/bin/sh
# Two points at a time against one, on a machine with two free cores: the same twelve points (four sites on the leg, three forces each; sites do not
# lead each other, so that the work is the same) on one worker and on two, turn about. two_contexts.sh PROGRAM [TURNS]
set -eu
program=$(realpath "$1")
turns=${2:-2}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export OMP_NUM_THREADS=1
cat >"$dir/sweep.toml" <<'TOML'
schema = 1
kind = "sweep"
name = "Two at a time"
base = "default.toml"
[[parameter]]
key = "roller.position_mm"
values = [-40, 0, 100, 180]
[[parameter]]
key = "load.force_N"
values = [80, 120, 160]
TOML
one=0
two=0
for turn in $(seq "$turns"); do
  for jobs in 1 2; do
    start=$(date +%s%N)
    "$program" sweep "$dir/sweep.toml" -o "$dir/$turn-$jobs" --fidelity coarse --jobs "$jobs" --threads 1 --quiet >/dev/null
    took=$((($(date +%s%N) - start) / 1000000))
    [ $jobs = 1 ] && one=$((one + took)) || two=$((two + took))
    awk -F, -v jobs=$jobs -v ms=$took 'FNR == 1 { for (i = 1; i <= NF; ++i) column[$i] = i; next } { cpu += $column["cpu_s"]; n += $column["status"] == "complete" }
      END { printf "%d at a time: %d points in %.1f s, processor time %.1f s\n", jobs, n, ms / 1000, cpu }' "$dir/$turn-$jobs/results.csv"
  done
done
echo "two at a time have $(awk -v a=$one -v b=$two 'BEGIN { printf "%.2f", a / b }') times the throughput of one (load of the machine: $(cut -d' ' -f1 /proc/loadavg))"
