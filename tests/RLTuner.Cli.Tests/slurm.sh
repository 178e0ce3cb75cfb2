#!/usr/bin/env bash
# A Slurm cluster of two nodes, a and b, on this machine: without systemd, in a folder of its own, gone when this script ends.
#   slurm.sh FOLDER PORT      PORT and the two after it are to be free
# Its input is a word a line: "cut b" ends a node and all that it runs at once, as a power cut does; "start b" brings it back. It answers each by a line.
set -euo pipefail
folder=$1 port=$2 prefix=rltuner$$
mkdir -p "$folder"/{munge,state,spool}
chmod 711 "$folder/munge"
head -c 1024 /dev/urandom > "$folder/munge/key"
chmod 400 "$folder/munge/key"

host=$(hostname -s)
cat > "$folder/slurm.conf" <<CONF
ClusterName=rltuner
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
# Jobs that are requeued wait until their credentials have ended.
AuthInfo=socket=$folder/munge/socket,cred_expire=6
ProctrackType=proctrack/pgid
TaskPlugin=task/none
MpiDefault=none
# Slurm looks for jobs that may start every 30 seconds.
SchedulerParameters=bf_interval=2,sched_interval=2
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd-%n.pid
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool/%n
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd-%n.log
SlurmdTimeout=10
KillWait=20
ReturnToService=2
NodeName=${prefix}a NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 1)) CPUs=2 State=UNKNOWN
NodeName=${prefix}b NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 2)) CPUs=2 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$folder/slurm.conf

daemons=()
start() {
    mkdir -p "$folder/spool/$prefix$1"
    slurmd -D -N "$prefix$1" >> "$folder/slurmd-$1.out" 2>&1 &
    daemons+=($!)
}

# What jobs run has the node in its variables, a daemon and its steps in the log that they write to. All are stopped first: after a power cut nobody is left to tell of it.
cut() {
    local ids
    ids=$({
        grep -lzE "^SLURMD_NODENAME=$prefix$1\$" /proc/[0-9]*/environ
        find /proc/[0-9]*/fd -lname "$folder/slurmd-$prefix$1.log"
    } 2> "$folder/gone" | sed 's|^/proc/||; s|/.*||' | sort -u) || true
    # shellcheck disable=SC2086
    [ -z "$ids" ] || { kill -STOP $ids; kill -KILL $ids; } 2> "$folder/gone" || true
}

end() {
    cut a
    cut b
    kill -KILL "${daemons[@]}" 2> "$folder/gone" || true
}
trap end EXIT

munged --foreground --force --key-file="$folder/munge/key" --socket="$folder/munge/socket" --pid-file="$folder/munge/pid" \
    --log-file="$folder/munge/log" --seed-file="$folder/munge/seed" > "$folder/munged.out" 2>&1 &
daemons+=($!)
for _ in $(seq 100); do
    [ -S "$folder/munge/socket" ] && break
    sleep 0.1
done
slurmctld -D > "$folder/slurmctld.out" 2>&1 &
daemons+=($!)
start a
start b
for _ in $(seq 300); do
    [ "$(sinfo --noheader --format=%D --states=idle 2> "$folder/gone")" = 2 ] && break
    sleep 0.1
done
echo up
while read -r word node; do
    "$word" "$node"
    echo "$word"
done
