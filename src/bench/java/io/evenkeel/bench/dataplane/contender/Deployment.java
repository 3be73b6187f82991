package io.evenkeel.bench.dataplane.contender;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is compared, configured as any user would, over the API: a load balancer with a listener and a pool of three
 * servers for each service; and a second load balancer that carries nothing, for calls to change.
 */
public final class Deployment {

    private static final Logger log = LoggerFactory.getLogger(Deployment.class);
    private static final int FIRST_PORT = 7_400;
    private static final int SERVERS = 3;

    /** Of those that a listener adds to requests, {@code X-Forwarded-For} always is; two in all, as the others have. */
    private static final Map<String, Boolean> HEADERS = Map.of("X-Forwarded-Host", false, "X-Forwarded-Proto", true);

    private final Estate estate;
    private final String vip;
    private final String loadBalancer;
    private final Map<Service, String> listeners = new HashMap<>();

    public Deployment(Api api) {
        estate = Estate.createOnLoopback(api);
        estate.servers(SERVERS);
        vip = estate.cloud().vip(10);
        loadBalancer = estate.loadBalancer(Map.of("vip_address", vip));
    }

    /** Where backends have to be. */
    public List<String> servers() {
        return IntStream.rangeClosed(1, SERVERS)
                .mapToObj(estate.cloud()::address)
                .toList();
    }

    /** Makes pools and listeners; a service that the API refuses is left out, and the log says why. */
    public Deployment configure() {
        for (var service : Service.values()) {
            listener(service).ifPresent(id -> listeners.put(service, id));
        }
        return this;
    }

    private Optional<String> listener(Service service) {
        var pool = estate.pool(Map.of("protocol", service.poolProtocol(), "loadbalancer_id", loadBalancer));
        for (int server = 1; server <= SERVERS; server++) {
            estate.member(pool, server, Map.of("protocol_port", Backends.port(service)));
        }
        var more = new HashMap<String, Object>(Map.of("default_pool_id", pool));
        if (service.behind() == Service.WEB) {
            more.put("insert_headers", HEADERS);
        }
        if (service == Service.SECURE) {
            more.put("default_tls_container_ref", estate.certificate(BenchCertificate.ISSUED));
            more.put("tls_ciphers_policy", "tls-1-2-fs-with-1-3");
            more.put("http2_enable", true);
        }
        if (service == Service.ROUTED) {
            more.put("enhance_l7policy_enable", true);
        }
        var answer = estate.postListener(loadBalancer, service.protocol(), service.port(FIRST_PORT), more);
        if (answer.status() != 201) {
            log.warn("No {} listener, its tests are skipped: {}", service.protocol(), answer.body());
            return Optional.empty();
        }
        var id = answer.body().path("listener").path("id").asString();
        if (service == Service.ROUTED) {
            policies(id, stickyPool());
        }
        return Optional.of(id);
    }

    private String stickyPool() {
        var pool = estate.pool(Map.of(
                "protocol",
                Service.ROUTED.poolProtocol(),
                "loadbalancer_id",
                loadBalancer,
                "session_persistence",
                Map.of("type", "HTTP_COOKIE")));
        for (int server = 1; server <= SERVERS; server++) {
            estate.member(pool, server, Map.of("protocol_port", Backends.port(Service.ROUTED)));
        }
        return pool;
    }

    private void policies(String listener, String pool) {
        var host = Map.of("type", "HOST_NAME", "compare_type", "EQUAL_TO", "value", Service.HOST);
        for (int i = 0; i < Service.POLICIES; i++) {
            var path = Map.of("type", "PATH", "compare_type", "STARTS_WITH", "value", "/app" + i + "/");
            estate.postPolicy(
                            listener,
                            Map.of(
                                    "action",
                                    "REDIRECT_TO_POOL",
                                    "redirect_pool_id",
                                    pool,
                                    "rules",
                                    List.of(host, path)))
                    .expect(201);
        }
    }

    Optional<InetSocketAddress> at(Service service) {
        return Optional.ofNullable(listeners.get(service))
                .map(id -> new InetSocketAddress(InetAddress.ofLiteral(vip), service.port(FIRST_PORT)));
    }

    /** Why the listener of this service does not serve, in the API's words. */
    String complaint(Service service) {
        return estate.show("/listeners/" + listeners.get(service))
                .path("evenkeel")
                .toString();
    }

    /** Path of a member in a pool that a listener uses, but no request reaches. */
    public String memberBesideTraffic() {
        var other = estate.loadBalancer(Map.of("vip_address", estate.cloud().vip(11)));
        var pool = estate.poolOf(other);
        estate.listener(other, Service.WEB.port(FIRST_PORT), pool);
        return "/pools/" + pool + "/members/"
                + estate.member(pool, 1, Map.of("protocol_port", Backends.port(Service.WEB)));
    }
}
