#!/usr/bin/env bash
# Two workers with one VIP, which keepalived moves (vrrp) or BIRD announces (bgp), each in a network namespace of its own,
# joined by a bridge in a third one, where the API, its database, two servers and the clients are. Tells how long requests
# fail when a worker is killed, comes back, is stopped in order, and when its host leaves the network. Takes everything
# down again.
#
#   sudo src/test/vips/failover.sh vrrp target/evenkeel-*.jar
#
# Needs Linux, root, iproute2, curl, keepalived or BIRD 2 (apt-get install keepalived bird2) and a JDK 25 (JAVA_HOME, or on
# the path). LEAVE_AFTER (default 6s) is evenkeel.worker.leave-after of the workers; with KEEP=1 the logs stay.
set -euo pipefail

mode=$1
jar=$(realpath "$2")
here=$(dirname "$(realpath "$0")")
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d /tmp/evenkeel-vips.XXXXXX)
lan=ek-$$-lan a=ek-$$-a b=ek-$$-b
case $mode in
    vrrp) vip=10.99.0.100 subnet=net ;;
    bgp) vip=10.99.1.100 subnet=vips ;;
    *) exit 2 ;;
esac
token=token-of-the-failover-lab-0123456789
project=lab
kek=$(head -c 32 /dev/urandom | base64)
declare -A pids=()

say() { printf '%s %s\n' "$(date +%T.%3N)" "$*"; }
in_ns() { ip netns exec "$@"; }

down() {
    for name in "${!pids[@]}"; do kill -9 "${pids[$name]}" 2>/dev/null || true; done
    wait 2>/dev/null || true
    # The database of the API outlives a killed API.
    if [ -r "$work/api/database/postmaster.pid" ]; then
        kill -INT "$(head -n 1 "$work/api/database/postmaster.pid")" 2>/dev/null || true
    fi
    for ns in "$lan" "$a" "$b"; do ip netns del "$ns" 2>/dev/null || true; done
    if [ "${KEEP:-}" ]; then say "logs stay in $work"; else rm -rf "$work"; fi
}
trap down EXIT

network() {
    for ns in "$lan" "$a" "$b"; do
        ip netns add "$ns"
        ip -n "$ns" link set lo up
    done
    ip -n "$lan" link add br0 type bridge
    ip -n "$lan" address add 10.99.0.1/24 dev br0
    ip -n "$lan" address add 10.99.0.21/24 dev br0
    ip -n "$lan" address add 10.99.0.22/24 dev br0
    ip -n "$lan" link set br0 up
    local n=11
    for ns in "$a" "$b"; do
        ip -n "$lan" link add "v$n" type veth peer name eth0 netns "$ns"
        ip -n "$lan" link set "v$n" master br0 up
        ip -n "$ns" address add "10.99.0.$n/24" dev eth0
        ip -n "$ns" link set eth0 up
        if [ "$mode" = vrrp ]; then
            # The worker that does not have the VIP now has its ports open on it all the same.
            in_ns "$ns" sysctl -q -w net.ipv4.ip_nonlocal_bind=1
        else
            ip -n "$ns" address add "$vip/32" dev lo
        fi
        n=$((n + 1))
    done
    in_ns "$lan" sysctl -q -w net.ipv4.fib_multipath_hash_policy=1
}

start() { # name, namespace, command…
    local name=$1 ns=$2
    shift 2
    ip netns exec "$ns" "$@" >>"$work/$name.log" 2>&1 &
    pids[$name]=$!
}

await() { # seconds, what, command…
    local until=$((SECONDS + $1)) what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        if [ "$SECONDS" -ge "$until" ]; then
            say "not in time: $what"
            tail -n 20 "$work"/*.log
            exit 1
        fi
        sleep 0.1
    done
}

evenkeel() { # name, namespace, arguments…
    local name=$1 ns=$2
    shift 2
    start "$name" "$ns" "$java" -XX:+UseSerialGC -Xmx256m -XX:TieredStopAtLevel=1 -jar "$jar" \
        --evenkeel.home="$work/$name" --evenkeel.kek="$kek" "$@"
}

worker() { # a or b
    local ns=$a
    [ "$1" = b ] && ns=$b
    evenkeel "$1" "$ns" --evenkeel.roles=worker --evenkeel.worker.event-loops=1 \
        --evenkeel.worker.leave-after="${LEAVE_AFTER:-6s}" \
        --spring.datasource.url=jdbc:postgresql://10.99.0.1:15432/postgres --spring.datasource.username=postgres \
        --spring.datasource.password="$(cat "$work/api/database-password")"
}

call() { # method, path, body
    in_ns "$lan" curl --silent --show-error --fail-with-body -X "$1" -H "X-Auth-Token: $token" \
        -H 'Content-Type: application/json' -d "$3" "http://127.0.0.1:8080$2"
}
id() { grep -o '"id":"[^"]*"' | head -n 1 | cut -d '"' -f 4; }

configure() {
    call PUT /inventory/v1/availability-zones/az1 '{}'
    call PUT /inventory/v1/$project/vpcs/main '{"name":"main","cidr":"10.99.0.0/16"}'
    call PUT /inventory/v1/$project/subnets/vips '{"name":"vips","vpc_id":"main","cidr":"10.99.1.0/24"}'
    call PUT /inventory/v1/$project/subnets/net '{"name":"net","vpc_id":"main","cidr":"10.99.0.0/24"}'
    local lb pool n
    for n in 21 22; do
        call PUT /inventory/v1/$project/servers/web-$n '{"name":"web-'$n'","availability_zone":"az1","status":"ACTIVE",
            "os":{"type":"linux","distribution":"debian","version":"12"},
            "addresses":[{"subnet_id":"net","address":"10.99.0.'$n'"}]}'
    done
    lb=$(call POST /v3/$project/elb/loadbalancers '{"loadbalancer":{"vip_subnet_cidr_id":"'$subnet'",
        "vip_address":"'$vip'","availability_zone_list":["az1"]}}' | id)
    pool=$(call POST /v3/$project/elb/pools '{"pool":{"protocol":"HTTP","lb_algorithm":"ROUND_ROBIN",
        "loadbalancer_id":"'"$lb"'"}}' | id)
    call POST /v3/$project/elb/healthmonitors '{"healthmonitor":{"pool_id":"'"$pool"'","type":"HTTP","delay":1,
        "timeout":1,"max_retries":1}}'
    for n in 21 22; do
        call POST "/v3/$project/elb/pools/$pool/members" '{"member":{"address":"10.99.0.'$n'","protocol_port":9000,
            "subnet_cidr_id":"net"}}'
    done
    call POST /v3/$project/elb/listeners '{"listener":{"loadbalancer_id":"'"$lb"'","protocol":"HTTP",
        "protocol_port":80,"default_pool_id":"'"$pool"'"}}'
}

keepalived_of() { # a or b, namespace, priority
    cat >"$work/keepalived-$1.conf" <<CONF
global_defs {
    router_id evenkeel-$1
    script_user root
    enable_script_security
}
vrrp_script serves_vip {
    script "/usr/bin/curl --silent --fail --output /dev/null --max-time 1 http://127.0.0.1:8081/vips/$vip"
    interval 1
    timeout 2
    fall 2
    rise 2
    weight -50
}
vrrp_instance vip {
    state BACKUP
    interface eth0
    virtual_router_id 51
    priority $3
    advert_int 0.2
    virtual_ipaddress {
        $vip/24 dev eth0
    }
    track_script {
        serves_vip
    }
}
CONF
    start "keepalived-$1" "$2" keepalived --dont-fork --log-console --log-detail --vrrp \
        --use-file "$work/keepalived-$1.conf" --pid "$work/keepalived-$1.pid" --vrrp_pid "$work/vrrp-$1.pid"
}

bird_of_worker() { # a or b, namespace, address
    cat >"$work/bird-$1.conf" <<CONF
router id $3;
protocol device {}
protocol static vip {
    disabled;
    ipv4;
    route $vip/32 via "lo";
}
protocol bgp uplink {
    local $3 as 64501;
    neighbor 10.99.0.1 as 64500;
    hold time 3;
    ipv4 {
        import none;
        export where source = RTS_STATIC;
    };
}
CONF
    start "bird-$1" "$2" bird -f -c "$work/bird-$1.conf" -s "$work/bird-$1.ctl" -P "$work/bird-$1.pid"
    start "announce-$1" "$2" bash -c "while sleep 1; do
            if curl --silent --fail --output /dev/null --max-time 1 http://127.0.0.1:8081/vips/$vip
            then birdc -s $work/bird-$1.ctl enable vip
            else birdc -s $work/bird-$1.ctl disable vip
            fi
        done"
}

bird_of_router() {
    cat >"$work/bird-router.conf" <<CONF
router id 10.99.0.1;
protocol device {}
protocol kernel {
    merge paths on;
    ipv4 {
        import none;
        export where source = RTS_BGP;
    };
}
template bgp worker {
    local 10.99.0.1 as 64500;
    hold time 3;
    ipv4 {
        import all;
        export none;
    };
}
protocol bgp a from worker { neighbor 10.99.0.11 as 64501; }
protocol bgp b from worker { neighbor 10.99.0.12 as 64501; }
CONF
    start bird-router "$lan" bird -f -c "$work/bird-router.conf" -s "$work/bird-router.ctl" -P "$work/bird-router.pid"
}

serves() { in_ns "$1" curl --silent --fail --max-time 1 "http://127.0.0.1:8081/vips/$vip"; }
has_vip() { # a or b: is new traffic led there
    if [ "$mode" = vrrp ]; then
        ip -n "$1" -o address show dev eth0 | grep " $vip/" >/dev/null
    else
        ip -n "$lan" route show "$vip" | grep "$(ip -n "$1" -4 -o address show dev eth0 | grep -o '10\.99\.0\.[0-9]*' | head -n 1)\b" >/dev/null
    fi
}

# Clients ask for 20 seconds; after 5 of them the command is run.
during() { # what, command…
    local what=$1
    shift
    in_ns "$lan" "$java" -XX:TieredStopAtLevel=1 "$here/Lab.java" client "http://$vip:80/" "${SECONDS_EACH:-20}" \
        >"$work/client.out" 2>&1 &
    local client=$!
    sleep 5
    "$@"
    wait "$client"
    say "$what: $(cat "$work/client.out")"
}

kill_worker_a() { kill -9 "${pids[a]}"; }
stop_worker_a() { kill -TERM "${pids[a]}"; }
unplug_a() { ip -n "$lan" link set v11 down; }
plug_a() { ip -n "$lan" link set v11 up; }

network
say "the API and its database"
evenkeel api "$lan" --evenkeel.roles=api --evenkeel.bootstrap.project-id=$project --evenkeel.bootstrap.token=$token
await 300 "the API" in_ns "$lan" curl --silent --fail http://127.0.0.1:8080/versions
port=$(sed -n 4p "$work/api/database/postmaster.pid")
start forward "$lan" "$java" -XX:TieredStopAtLevel=1 "$here/Lab.java" forward 10.99.0.1 15432 "$port"
for n in 21 22; do
    start "backend-$n" "$lan" "$java" -XX:TieredStopAtLevel=1 "$here/Lab.java" backend "10.99.0.$n" 9000
done
configure >"$work/configure.log"
say "two workers"
await 30 "the way to the database" in_ns "$a" bash -c 'exec 3<>/dev/tcp/10.99.0.1/15432'
worker a
worker b
await 300 "worker a" serves "$a"
await 300 "worker b" serves "$b"
if [ "$mode" = vrrp ]; then
    say "keepalived"
    keepalived_of a "$a" 110
    keepalived_of b "$b" 100
else
    say "BIRD"
    bird_of_router
    bird_of_worker a "$a" 10.99.0.11
    bird_of_worker b "$b" 10.99.0.12
    await 20 "the VIP at b" has_vip "$b"
fi
await 20 "the VIP at a" has_vip "$a"

during "nothing happens        " true
has_vip "$a"
during "worker killed          " kill_worker_a
has_vip "$b"
during "worker back            " worker a
await 120 "the VIP at a" has_vip "$a"
during "worker stopped in order" stop_worker_a
has_vip "$b"
worker a
await 120 "the VIP at a" has_vip "$a"
during "host leaves the network" unplug_a
has_vip "$b"
during "host back              " plug_a
await 120 "the VIP at a" has_vip "$a"
say "done"
