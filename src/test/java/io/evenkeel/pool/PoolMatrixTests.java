package io.evenkeel.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** Every combination of what a pool may be, against the table of the wire contract (resources.md §11). */
@EvenkeelTest
class PoolMatrixTests {

    private static final List<String> PERSISTENCES = List.of("none", "SOURCE_IP", "HTTP_COOKIE", "APP_COOKIE");
    private static final List<String> ALGORITHMS = List.of("ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP", "QUIC_CID");
    private static final List<String> MONITORS = List.of("TCP", "UDP_CONNECT", "HTTP", "HTTPS", "GRPC", "TLS");
    private static final Set<String> THREE = Set.of("ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP");
    private static final Set<String> ALL_FOUR = Set.copyOf(ALGORITHMS);
    private static final Set<String> ANY_TYPE = Set.of("none", "SOURCE_IP", "HTTP_COOKIE", "APP_COOKIE");

    /** TCP and UDP take any type for SOURCE_IP; QUIC takes SOURCE_IP alone, and needs it. */
    private record Row(Set<String> monitors, Set<String> persistences, Set<String> algorithms) {}

    private static final Map<String, Row> TABLE = Map.of(
            "TCP", new Row(Set.of("TCP", "HTTP", "HTTPS"), ANY_TYPE, THREE),
            "UDP", new Row(Set.of("UDP_CONNECT"), ANY_TYPE, THREE),
            "QUIC", new Row(Set.of("UDP_CONNECT"), Set.of("SOURCE_IP"), ALL_FOUR),
            "HTTP",
                    new Row(
                            Set.of("TCP", "HTTP", "HTTPS", "TLS", "GRPC"),
                            Set.of("none", "HTTP_COOKIE", "APP_COOKIE"),
                            THREE),
            "HTTPS",
                    new Row(
                            Set.of("TCP", "HTTP", "HTTPS", "TLS", "GRPC"),
                            Set.of("none", "HTTP_COOKIE", "APP_COOKIE"),
                            THREE),
            "GRPC", new Row(Set.of("TCP", "HTTP", "HTTPS", "TLS", "GRPC"), Set.of("none"), THREE),
            "TLS", new Row(Set.of("TCP", "HTTP", "HTTPS", "TLS", "GRPC"), Set.of("none"), THREE));

    @Autowired
    Api api;

    private Api.Answer pool(String protocol, String persistence, String algorithm) {
        var sticky = persistence.equals("none")
                ? ""
                : ",\"session_persistence\":{\"type\":\"" + persistence + "\""
                        + (persistence.equals("APP_COOKIE") && protocol.startsWith("HTTP")
                                ? ",\"cookie_name\":\"sid\""
                                : "")
                        + "}";
        return api.post(
                api.elb("/pools"),
                "{\"pool\":{\"type\":\"ip\",\"protocol\":\"%s\",\"lb_algorithm\":\"%s\"%s}}"
                        .formatted(protocol, algorithm, sticky));
    }

    @TestFactory
    List<DynamicTest> acceptsWhatTheTableAllowsAndNothingElse() {
        var tests = new ArrayList<DynamicTest>();
        TABLE.forEach((protocol, row) -> {
            for (var persistence : PERSISTENCES) {
                for (var algorithm : ALGORITHMS) {
                    boolean isAllowed = row.persistences().contains(persistence)
                            && row.algorithms().contains(algorithm);
                    tests.add(DynamicTest.dynamicTest(
                            protocol + " " + persistence + " " + algorithm,
                            () -> assertThat(pool(protocol, persistence, algorithm)
                                            .status())
                                    .isEqualTo(isAllowed ? 201 : 400)));
                }
            }
        });
        return tests;
    }

    @TestFactory
    List<DynamicTest> checksEachProtocolByTheMonitorsOfTheTable() {
        var tests = new ArrayList<DynamicTest>();
        TABLE.forEach((protocol, row) -> {
            for (var monitor : MONITORS) {
                boolean isAllowed = row.monitors().contains(monitor);
                tests.add(DynamicTest.dynamicTest(protocol + " " + monitor, () -> {
                    var poolId = pool(protocol, protocol.equals("QUIC") ? "SOURCE_IP" : "none", "ROUND_ROBIN")
                            .expect(201)
                            .get("pool")
                            .get("id")
                            .asString();
                    assertThat(api.post(
                                            api.elb("/healthmonitors"),
                                            Map.of(
                                                    "healthmonitor",
                                                    Map.of(
                                                            "pool_id",
                                                            poolId,
                                                            "type",
                                                            monitor,
                                                            "delay",
                                                            5,
                                                            "timeout",
                                                            3,
                                                            "max_retries",
                                                            3)))
                                    .status())
                            .isEqualTo(isAllowed ? 201 : 400);
                }));
            }
        });
        return tests;
    }
}
