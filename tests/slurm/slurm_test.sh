#!/bin/sh
# A real Slurm on this machine: a sweep as an array job, a task killed half-way and requeued, shards joined, compared with a local run.
# slurm_test.sh PROGRAM. Needs slurm-wlm and munge; as any user. Says whether two slurmd came up or one with two slots.
set -eu
program=$(realpath "$1")
for tool in munged slurmctld slurmd sbatch; do
  PATH=$PATH:/usr/sbin command -v $tool >/dev/null || { echo "slurm_test: $tool is not installed (packages slurm-wlm munge)"; exit 77; }
done
PATH=$PATH:/usr/sbin
dir=$(mktemp -d /tmp/nerveload-slurm-XXXXXX)
chmod 755 "$dir"
host=$(hostname -s)
daemons=""
finish() {
  status=$?
  scancel --user="$(id -un)" 2>/dev/null || true
  for pid in $daemons; do kill "$pid" 2>/dev/null || true; done
  for file in "$dir"/*.pid "$dir"/munge/pid; do [ -f "$file" ] && kill "$(cat "$file")" 2>/dev/null || true; done
  sleep 1
  [ $status = 0 ] && rm -rf "$dir" || echo "slurm_test: logs are in $dir"
  exit $status
}
trap finish EXIT INT TERM

mkdir -p "$dir"/state "$dir"/log "$dir"/munge "$dir"/spool
dd if=/dev/urandom of="$dir/munge/key" bs=1 count=128 2>/dev/null
chmod 600 "$dir/munge/key"
munged --force --key-file="$dir/munge/key" --socket="$dir/munge/sock" --pid-file="$dir/munge/pid" --log-file="$dir/log/munged.log" --seed-file="$dir/munge/seed"

configure() {  # the nodes' lines
  cat >"$dir/slurm.conf" <<CONF
ClusterName=local
SlurmctldHost=$host(127.0.0.1)
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$dir/munge/sock
CredType=cred/munge
SlurmctldPort=16817
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool/%n
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd-%n.pid
SlurmctldLogFile=$dir/log/slurmctld.log
SlurmdLogFile=$dir/log/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=2
MpiDefault=none
SwitchType=switch/none
ReturnToService=2
MailProg=/bin/true
MaxArraySize=10001
$1
PartitionName=local Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
}
export SLURM_CONF="$dir/slurm.conf"
idle() { sinfo -h -N -o %T 2>/dev/null | grep -c idle || true; }
wait_idle() {  # how many
  i=0
  while [ "$(idle)" -lt "$1" ]; do
    i=$((i + 1))
    [ $i -lt 60 ] || return 1
    sleep 0.25
  done
}

memory=1024
configure "NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=16821 CPUs=1 RealMemory=$memory State=UNKNOWN
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=16822 CPUs=1 RealMemory=$memory State=UNKNOWN"
slurmctld -c
slurmd -c -N n1 2>/dev/null || true
slurmd -c -N n2 2>/dev/null || true
if wait_idle 2; then
  echo "slurm_test: two slurmd on this host"
else
  for file in "$dir"/*.pid; do [ -f "$file" ] && kill "$(cat "$file")" 2>/dev/null || true; done
  sleep 3
  rm -rf "$dir"/state/* "$dir"/spool/*
  configure "SlurmdPort=16818
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 RealMemory=$memory State=UNKNOWN"
  slurmctld -c
  slurmd -c
  wait_idle 1 || { echo "slurm_test: no node came up"; cat "$dir"/log/*; exit 1; }
  echo "slurm_test: one slurmd with two slots"
fi

# Eight points without a roller: the pose alone takes a few seconds.
cat >"$dir/sweep.toml" <<'TOML'
schema = 1
kind = "sweep"
name = "Raised straight leg"
base = "slr_no_roller.toml"
[[parameter]]
key = "pose.hip_flexion_deg"
values = [30, 40, 50, 60]
[[parameter]]
key = "subject.nerve_scale"
values = [0.95, 1.05]
TOML
# Each task writes its store in a folder that is named on its node only.
export NODE_SCRATCH="$dir/node"
"$program" sweep "$dir/sweep.toml" -o "$dir/cluster" --fidelity coarse --slurm --tasks 2 --scratch '$NODE_SCRATCH'

job=$(squeue -h -o %A -n nerveload-sweep | head -n 1)
# A task that has a point is killed half-way, as by a node that is lost, and put back into the queue.
i=0
until ls "$dir"/node/*/sweep.sqlite >/dev/null 2>&1 && pgrep -f "shard_1 --shard" >/dev/null; do
  i=$((i + 1))
  [ $i -lt 240 ] || { echo "slurm_test: the first task did not start"; exit 1; }
  sleep 0.5
done
sleep 12
[ ! -e "$dir/cluster/slurm/shard_1/sweep.sqlite" ] || { echo "slurm_test: the store is not on the node"; exit 1; }
scontrol requeue "${job}_1"
i=0
until [ -s "$dir/cluster/slurm/shard_1/sweep.sqlite" ]; do
  i=$((i + 1))
  [ $i -lt 120 ] || { echo "slurm_test: the store did not come home from the node"; exit 1; }
  sleep 0.5
done
before=$(sqlite3 "file:$dir/cluster/slurm/shard_1/sweep.sqlite?mode=ro" "select count(*) from point" 2>/dev/null || echo "some")
echo "slurm_test: requeued task 1, whose store came home with $before points"
i=0
while [ -n "$(squeue -h -o %A 2>/dev/null)" ]; do
  i=$((i + 1))
  [ $i -lt 1200 ] || { squeue; echo "slurm_test: jobs do not end"; exit 1; }
  sleep 0.5
done
grep -q "points\? added" "$dir/cluster/slurm/log/merge.txt" || { echo "slurm_test: no merge"; cat "$dir"/cluster/slurm/log/*; exit 1; }

grep -q "shard 1 of 2, start 2" "$dir/cluster/slurm/log/1.txt" || { echo "slurm_test: the first task did not start again"; cat "$dir"/cluster/slurm/log/*; exit 1; }

"$program" sweep "$dir/sweep.toml" -o "$dir/local" --fidelity coarse --quiet
# Point, inputs, status and the nerve's figures; figures within 1e-5, for the two ran beside different neighbours.
awk -F, 'NR == FNR { if (FNR == 1) for (i = 1; i <= NF; ++i) name[i] = $i; row[FNR] = $0; n = FNR; next }
  { if (split(row[FNR], a, ",") < 5) bad = 1
    for (i = 1; i <= NF && name[i] !~ /^solver/; ++i) {
      d = $i - a[i]; if (d < 0) d = -d
      s = $i < 0 ? -$i : $i
      if ($i != a[i] && d > 1e-5 * s + 1e-9) { print "slurm_test: point " $1 ", " name[i] ": " $i " and " a[i]; bad = 1 }
    } }
  END { if (bad || FNR != n || n != 9) { print "slurm_test: " n - 1 " and " FNR - 1 " rows"; exit 1 } print "slurm_test: 8 points as in the local run" }' \
  "$dir/cluster/results.csv" "$dir/local/results.csv"
