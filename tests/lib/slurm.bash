# A Slurm for a test: a controller and two nodes, n1 and n2, of two cores each. All its
# files, keys and sockets lie in the test's folder; its addresses are those of a network
# that nobody else sees (see hosts.bash; Slurm wants one beside the loopback's). on_net runs
# what shall reach it.

SLURM=(slurmctld slurmd munged sbatch)

make_slurm() {
    NET=$BATS_FILE_TMPDIR/net
    SLURM_CONF=$NET/slurm.conf
    export NET SLURM_CONF
    mkdir -p "$NET/state"
    head -c 1024 /dev/urandom >"$NET/munge.key"
    chmod 600 "$NET/munge.key"
    cat >"$SLURM_CONF" <<END_CONF
ClusterName=test
SlurmctldHost=controller(127.0.0.1)
SlurmctldPort=6817
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$NET/munge.sock
CredType=cred/munge
StateSaveLocation=$NET/state
SlurmdSpoolDir=$NET/spool-%n
SlurmctldPidFile=$NET/slurmctld.pid
SlurmdPidFile=$NET/slurmd-%n.pid
SlurmctldLogFile=$NET/slurmctld.log
SlurmdLogFile=$NET/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
DefMemPerCPU=256
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=task=1
JobAcctGatherParams=OverMemoryKill
JobCompType=jobcomp/none
MpiDefault=none
ReturnToService=2
SlurmdTimeout=2
SlurmctldTimeout=5
MessageTimeout=2
KillWait=1
MailProg=/bin/true
SchedulerParameters=sched_interval=1,bf_interval=1
NodeName=n1 NodeHostname=n1 NodeAddr=127.0.0.1 Port=6821 CPUs=2 RealMemory=2000 State=UNKNOWN
NodeName=n2 NodeHostname=n2 NodeAddr=127.0.0.1 Port=6822 CPUs=2 RealMemory=2000 State=UNKNOWN
PartitionName=main Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP
END_CONF
    # shellcheck disable=SC2016
    hold driver sh -c 'mount -t proc proc /proc && hostname controller && ip link set lo up &&
        ip link add eth type veth peer name other && ip address add 10.213.0.1/24 dev eth &&
        ip link set eth up && ip link set other up &&
        munged --force --key-file "$1/munge.key" --socket "$1/munge.sock" --pid-file "$1/munge.pid" \
            --log-file "$1/munged.log" --seed-file "$1/munge.seed" && exec slurmctld -D -c' - "$NET"
    make_node n1
    make_node n2
    until_true 20 two_idle
}

make_node() {
    # shellcheck disable=SC2016
    hold "$1" --in driver sh -c 'mount -t proc proc /proc && hostname "$1" && exec slurmd -D -N "$1"' - "$1"
}

two_idle() {
    [ "$(on_net sinfo -h -N -t idle | wc -l)" -eq 2 ]
}

kill_node() {
    kill -KILL "$(inside "$1")"
}
