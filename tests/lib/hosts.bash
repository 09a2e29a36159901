# Hosts for a test: each has namespaces of its own (network, processes, mounts, name) and an
# sshd. They see the machine's files, but for /root and /run, which are empty ones of theirs.
# The one that commands come from has a network of its own, too, so that no address of the
# machine is touched. Nothing has a name outside of the namespaces: they are gone once their
# processes are, after ten minutes at the latest.

# What there is not here that hosts want; nothing when all is there.
hosts_lack() {
    local program
    if [ "$(id -u)" -ne 0 ]; then
        echo "only root can make hosts"
        return
    fi
    for program in sshd ip unshare nsenter rsync parallel "$@"; do
        if ! command -v "$program" >/dev/null; then
            echo "no $program here (make deps-engines)"
            return
        fi
    done
    unshare --net --pid --mount --uts --fork true 2>/dev/null || echo "no namespaces can be made here"
}

# A bats that skips in setup_file takes that for a failure: there ask hosts_lack.
need_hosts() {
    local reason
    reason=$(hosts_lack "$@")
    [ -z "$reason" ] || skip "$reason"
}

# until_true SECONDS COMMAND...: waits for a command to succeed.
until_true() {
    local end=$((SECONDS + $1))
    shift
    until "$@" 2>/dev/null; do
        ((SECONDS < end)) || { echo "in vain: $*" >&2; return 1; }
        sleep 0.05
    done
}

# What runs in unshare: the process that is 1 there.
inside() {
    cat "$NET/$1.pid"
}

# hold NAME [--in OTHER] COMMAND...: a command in namespaces of its own, the network of
# another's, for ten minutes at most.
hold() {
    local name=$1 network=(unshare --net)
    shift
    if [ "$1" = --in ]; then
        network=(nsenter --net="/proc/$(inside "$2")/ns/net" unshare)
        shift 2
    fi
    timeout --signal KILL 600 "${network[@]}" --pid --mount --uts --fork --kill-child \
        "$@" </dev/null >"$NET/$name.log" 2>&1 3>&- &
    echo $! >"$NET/$name.holder"
    disown $! # its end is nobody's news
    until_true 10 child_of_child "$name"
}

child_of_child() {
    local child
    child=$(pgrep -P "$(cat "$NET/$1.holder")") && child=$(pgrep -P "$child") && echo "$child" >"$NET/$1.pid"
}

# make_hosts NAME...: hosts that let the test in. Gives
#     HOSTS_FILE  their names, a line each
#     HOSTS_SSH   the command that reaches them, from on_net
make_hosts() {
    local name n=0
    NET=$BATS_FILE_TMPDIR/net HOSTS_FILE=$BATS_FILE_TMPDIR/net/hosts
    HOSTS_SSH="ssh -F $NET/config -o ConnectTimeout=2 -o ServerAliveInterval=1 -o ServerAliveCountMax=2"
    export NET HOSTS_FILE HOSTS_SSH
    mkdir -p "$NET"
    ssh-keygen -q -t ed25519 -N '' -f "$NET/key"
    ssh-keygen -q -t ed25519 -N '' -f "$NET/host-key"
    cat >"$NET/config" <<END_CONFIG
User root
Port 2200
IdentityFile $NET/key
IdentitiesOnly yes
StrictHostKeyChecking no
UserKnownHostsFile /dev/null
LogLevel ERROR
END_CONFIG
    cat >"$NET/sshd_config" <<END_CONFIG
Port 2200
HostKey $NET/host-key
AuthorizedKeysFile $NET/key.pub
PermitRootLogin prohibit-password
UsePAM no
StrictModes no
MaxStartups 100
END_CONFIG
    hold driver sleep 600
    on_net ip link set lo up
    for name; do
        make_host "$name" $((n += 1))
    done
    printf '%s\n' "$@" >"$HOSTS_FILE"
}

# make_host NAME NUMBER [OPTION-OF-SSHD]...
make_host() {
    local name=$1 n=$2
    shift 2
    # shellcheck disable=SC2016
    hold "$name" sh -c '
        mount -t proc proc /proc && mount -t tmpfs none /root && mount -t tmpfs none /run &&
        mkdir /run/sshd && hostname "$1" && shift && exec "$@"' - \
        "$name" /usr/sbin/sshd -D -e -f "$NET/sshd_config" "$@"
    on_net ip link add "to-$name" type veth peer name eth netns "$(inside "$name")"
    on_net ip address add "10.213.$n.1/30" dev "to-$name"
    on_net ip link set "to-$name" up
    on_host "$name" ip address add "10.213.$n.2/30" dev eth
    on_host "$name" ip link set eth up
    printf 'Host %s\n    HostName 10.213.%s.2\n' "$name" "$n" >>"$NET/config"
    until_true 10 grep -q 'Server listening' "$NET/$name.log"
}

# A command where the hosts can be reached.
on_net() {
    nsenter --net="/proc/$(inside driver)/ns/net" "$@"
}

# on_host NAME COMMAND...: a command on a host, but not by way of its network.
on_host() {
    nsenter --target "$(inside "$1")" --net --pid --mount --uts "${@:2}"
}

# The network of a host: gone, and there again. Its connections are not told.
cut_host() {
    on_host "$1" ip link set eth down
}
mend_host() {
    on_host "$1" ip link set eth up
}

# The power of a host.
kill_host() {
    kill -KILL "$(inside "$1")"
}

end_hosts() {
    local holder
    for holder in "$BATS_FILE_TMPDIR"/net/*.holder; do
        if [ -e "$holder" ]; then
            pkill -KILL -P "$(cat "$holder")" || true
        fi
    done
}
