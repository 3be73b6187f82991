package io.evenkeel.livechanges;

import io.evenkeel.desiredstate.DesiredHealthMonitor;
import io.evenkeel.desiredstate.DesiredStickiness;
import io.evenkeel.livechanges.load.Backend;
import io.evenkeel.livechanges.scene.Change;
import io.evenkeel.livechanges.scene.Front;
import io.evenkeel.livechanges.scene.Scene;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.Pki;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A running service that is changed by calls of its REST API, one for each change. */
final class ApiStage implements Stage {

    private static final int CHECK_TIMEOUT_SECONDS = 3;
    private static final int IDLE_SECONDS = 4_000;
    private static final int CERTIFICATES = 2;

    private final Estate estate;
    private final String vip;
    private final Map<String, String> ids = new HashMap<>();
    private final Api api;
    private final ApiPolicies policies;

    ApiStage(Api api) {
        this.api = api;
        policies = new ApiPolicies(api, this::id);
        estate = Estate.createOnLoopback(api);
        estate.servers(Scene.SERVERS);
        vip = estate.cloud().vip(10);
    }

    @Override
    public String vip() {
        return vip;
    }

    @Override
    public String address(int server) {
        return estate.cloud().address(server);
    }

    @Override
    public void open(Scene scene) {
        ids.put("", estate.loadBalancer(Map.of("vip_address", vip)));
        scene.pools().forEach((name, pool) -> {
            var settings = Map.of(
                    "loadbalancer_id", id(""),
                    "protocol", pool.front().poolProtocol().name(),
                    "lb_algorithm", pool.algorithm().name());
            ids.put(name, estate.pool(settings));
            pool.check().ifPresent(check -> monitor(name, check));
            pool.weights().forEach((server, weight) -> addMember(name, server, weight, scene));
        });
        for (int n = 0; n < CERTIFICATES; n++) {
            ids.put("certificate " + n, estate.create("/certificates", "certificate", certificate(n)));
        }
        for (var front : Front.values()) {
            var settings = new HashMap<String, Object>(
                    Map.of("default_pool_id", id(scene.poolOf(front)), "keepalive_timeout", IDLE_SECONDS));
            if (front.isHttp()) {
                settings.put("enhance_l7policy_enable", true);
            }
            if (front.isTls()) {
                settings.put("default_tls_container_ref", id("certificate 0"));
                settings.put("http2_enable", true);
            }
            ids.put(front.name(), estate.listener(id(""), front.protocol().name(), front.port(), settings));
        }
    }

    @Override
    public void make(Change change, Scene scene) {
        switch (change) {
            case Change.Weigh weigh ->
                put(member(weigh.pool(), weigh.server()), "member", Map.of("weight", weigh.weight()));
            case Change.AddMember add -> addMember(add.pool(), add.server(), add.weight(), scene);
            case Change.RemoveMember remove -> delete(member(remove.pool(), remove.server()));
            case Change.Balance balance ->
                put(
                        "/pools/" + id(balance.pool()),
                        "pool",
                        Map.of("lb_algorithm", balance.algorithm().name()));
            case Change.Monitor monitor -> monitor(monitor.pool(), monitor.check());
            case Change.Drain drain ->
                put(
                        "/pools/" + id(drain.pool()),
                        "pool",
                        Map.of(
                                "connection_drain",
                                drain.seconds() > 0
                                        ? Map.of("enable", true, "timeout", drain.seconds())
                                        : Map.of("enable", false)));
            case Change.SlowStart slow ->
                put(
                        "/pools/" + id(slow.pool()),
                        "pool",
                        Map.of(
                                "slow_start",
                                slow.seconds() > 0
                                        ? Map.of("enable", true, "duration", slow.seconds())
                                        : Map.of("enable", false)));
            case Change.FailOpen open ->
                put(
                        "/pools/" + id(open.pool()),
                        "pool",
                        Map.of("pool_health", Map.of("minimum_healthy_member_count", open.isOn() ? 1 : 0)));
            case Change.Keep keep ->
                api.put(
                                api.elb("/pools/" + id(keep.pool())),
                                "{\"pool\": {\"session_persistence\": " + persistence(keep.type()) + "}}")
                        .expect(200);
            case Change.PutPolicy put -> policies.put(put.front(), put.policy());
            case Change.RemovePolicy remove -> policies.remove(remove.front(), remove.number());
            case Change.SwapPolicies swap -> policies.order(swap.front(), scene);
            case Change.Certificate shown -> show(shown.revision());
            case Change.DropMonitor drop -> {
                delete("/healthmonitors/" + id("monitor " + drop.pool()));
                ids.remove("monitor " + drop.pool());
            }
            case Change.EditListener edit -> put("/listeners/" + id(edit.front().name()), "listener", revision(edit));
            case Change.SwapPool swap ->
                put("/listeners/" + id(swap.front().name()), "listener", Map.of("default_pool_id", id(swap.pool())));
            case Change.Flip ignored -> {
                // The server itself turns.
            }
            case Change.OpenListener open -> {
                var protocol = open.port() % 2 == 0 ? "HTTP" : "TCP";
                ids.put("listener " + open.port(), estate.listener(id(""), protocol, open.port(), Map.of()));
            }
            case Change.CloseListener close -> delete("/listeners/" + id("listener " + close.port()));
        }
    }

    private static String persistence(Optional<DesiredStickiness.Type> type) {
        return type.map(wanted -> wanted == DesiredStickiness.Type.APP_COOKIE
                        ? "{\"type\": \"%s\", \"cookie_name\": \"%s\"}".formatted(wanted, Backend.APPLICATION_COOKIE)
                        : "{\"type\": \"%s\", \"persistence_timeout\": 1}".formatted(wanted))
                .orElse("null");
    }

    private static Map<String, Object> certificate(int number) {
        var issued = Pki.selfSigned("certificate-" + number);
        return Map.of("type", "server", "certificate", issued.pem(), "private_key", issued.key());
    }

    /** In turn the listener gets another certificate, and the one that it has is replaced. */
    private void show(int revision) {
        var shown = id("certificate " + revision / 2 % CERTIFICATES);
        if (revision % 2 == 0) {
            put("/listeners/" + id(Front.SECURE.name()), "listener", Map.of("default_tls_container_ref", shown));
        } else {
            var next = Pki.selfSigned("revision-" + revision);
            put("/certificates/" + shown, "certificate", Map.of("certificate", next.pem(), "private_key", next.key()));
        }
    }

    private static Map<String, Object> revision(Change.EditListener edit) {
        var fields = new HashMap<String, Object>();
        fields.put("name", "revision " + edit.revision());
        fields.put("keepalive_timeout", IDLE_SECONDS - edit.revision() % 9);
        if (edit.front().isHttp()) {
            fields.put("client_timeout", 300 - edit.revision() % 7);
            fields.put("member_timeout", 300 - edit.revision() % 5);
            fields.put("insert_headers", Map.of("X-Forwarded-Port", edit.revision() % 2 == 0));
            fields.put("enable_member_retry", edit.revision() % 3 == 0);
        }
        return fields;
    }

    private void addMember(String pool, int server, int weight, Scene scene) {
        var port = scene.pool(pool).front().memberPort();
        var made = estate.member(id(pool), server, Map.of("protocol_port", port, "weight", weight));
        ids.put("member " + server + " of " + pool, made);
    }

    private String member(String pool, int server) {
        return "/pools/" + id(pool) + "/members/" + id("member " + server + " of " + pool);
    }

    private void monitor(String pool, Change.Check check) {
        var fields = new HashMap<String, Object>(Map.of(
                "type", check.type().name(),
                "delay", check.speed(),
                "timeout", CHECK_TIMEOUT_SECONDS,
                "max_retries", check.rises(),
                "max_retries_down", check.falls(),
                "monitor_port", Scene.CHECK_PORT));
        if (check.type() == DesiredHealthMonitor.Type.HTTP) {
            fields.put("url_path", check.path());
            fields.put("expected_codes", check.codes());
        }
        var known = Optional.ofNullable(ids.get("monitor " + pool));
        known.ifPresentOrElse(id -> put("/healthmonitors/" + id, "healthmonitor", fields), () -> {
            fields.put("pool_id", id(pool));
            var made = estate.create("/healthmonitors", "healthmonitor", fields);
            ids.put("monitor " + pool, made);
        });
    }

    private void put(String path, String kind, Map<String, ?> fields) {
        estate.change(path, kind, fields).expect(200);
    }

    private void delete(String path) {
        estate.delete(path).expect(204);
    }

    private String id(String name) {
        return Optional.ofNullable(ids.get(name)).orElseThrow(() -> new AssertionError("nothing made: " + name));
    }

    /** The service goes on; what was made stays with it. */
    @Override
    public void close() {}
}
