package io.evenkeel.listener.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Pki;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Every listener protocol × every pool protocol, against the table of the wire contract (resources.md §11). */
@EvenkeelTest
class ProtocolMatrixTests {

    private static final List<String> POOLS = List.of("TCP", "UDP", "QUIC", "HTTP", "HTTPS", "GRPC", "TLS");

    private static final Map<String, Set<String>> TABLE = Map.of(
            "TCP", Set.of("TCP"),
            "UDP", Set.of("UDP", "QUIC"),
            "HTTP", Set.of("HTTP"),
            "HTTPS", Set.of("HTTP", "HTTPS", "GRPC"),
            "TLS", Set.of("TLS", "TCP"));

    @Autowired
    private Api api;

    @Test
    void bindsWhatTheTableAllowsAndNothingElse() {
        var estate = Estate.create(api);
        var loadBalancer = estate.loadBalancer();
        var complaints = new ArrayList<String>();
        int port = 20_000;
        for (var pool : POOLS) {
            var id = estate.pool(poolOf(pool, loadBalancer));
            for (var spoken : TABLE.keySet()) {
                boolean fits = TABLE.getOrDefault(spoken, Set.of()).contains(pool);
                var bare = estate.listener(loadBalancer, spoken, port++, secured(spoken));
                var bound = api.put(api.elb("/listeners/" + bare), Map.of("listener", Map.of("default_pool_id", id)));
                check(spoken + " takes " + pool, bound, fits ? 200 : 400, complaints);
                var whole = new HashMap<String, Object>(secured(spoken));
                whole.put("default_pool_id", id);
                var created = estate.postListener(loadBalancer, spoken, port++, whole);
                check(spoken + " is made for " + pool, created, fits ? 201 : 400, complaints);
            }
        }
        assertThat(complaints).isEmpty();
    }

    private static void check(String what, Api.Answer answer, int status, List<String> complaints) {
        var text = answer.body().path("error_msg").asString("");
        if (answer.status() != status || (status == 400 && !text.contains("protocol"))) {
            complaints.add(what + ": " + answer.status() + " " + text);
        }
    }

    private static Map<String, Object> poolOf(String protocol, String loadBalancer) {
        var pool = new HashMap<String, Object>(Map.of("protocol", protocol, "loadbalancer_id", loadBalancer));
        if (protocol.equals("QUIC")) {
            pool.put("session_persistence", Map.of("type", "SOURCE_IP"));
        }
        return pool;
    }

    private Map<String, Object> secured(String spoken) {
        if (!Set.of("HTTPS", "TLS").contains(spoken)) {
            return Map.of();
        }
        var issued = Pki.selfSigned("matrix.example");
        var body = Map.of("certificate", Map.of("certificate", issued.pem(), "private_key", issued.key()));
        var id = api.post(api.elb("/certificates"), body).expect(201).at("/certificate/id");
        var ref = Map.<String, Object>of("default_tls_container_ref", id.asString());
        if (spoken.equals("TLS")) {
            return ref;
        }
        var http2 = new HashMap<>(ref);
        http2.put("http2_enable", true);
        return http2;
    }
}
