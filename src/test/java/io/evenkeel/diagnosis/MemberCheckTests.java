package io.evenkeel.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.diagnosis.HealthCheckJobs.Answer;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@EvenkeelTest
class MemberCheckTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    Api api;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    HealthCheckJobs jobs;

    private Cloud cloud;
    private String listenerId;
    private String poolId;

    @BeforeEach
    void createPool() {
        cloud = Cloud.createOnLoopback(api);
        cloud.server(1);
        var loadBalancerId = create(
                "loadbalancer",
                "/loadbalancers",
                Map.of(
                        "vip_subnet_cidr_id",
                        cloud.vipSubnetId(),
                        "availability_zone_list",
                        List.of("az-1"),
                        "admin_state_up",
                        false));
        poolId = create(
                "pool",
                "/pools",
                Map.of("protocol", "HTTP", "lb_algorithm", "ROUND_ROBIN", "loadbalancer_id", loadBalancerId));
        listenerId = create(
                "listener",
                "/listeners",
                Map.of(
                        "loadbalancer_id",
                        loadBalancerId,
                        "protocol",
                        "HTTP",
                        "protocol_port",
                        18_090,
                        "default_pool_id",
                        poolId));
    }

    private String create(String kind, String path, Map<String, Object> body) {
        return api.post(api.elb(path), Map.of(kind, body))
                .expect(201)
                .get(kind)
                .get("id")
                .asString();
    }

    private String member(int port) {
        return create(
                "member",
                "/pools/" + poolId + "/members",
                Map.of("address", cloud.address(1), "subnet_cidr_id", cloud.serverSubnetId(), "protocol_port", port));
    }

    private void monitor(String type) {
        var body = new HashMap<String, Object>(
                Map.of("pool_id", poolId, "type", type, "delay", 50, "timeout", 3, "max_retries", 1));
        if (type.equals("HTTP")) {
            body.put("expected_codes", "200-204");
        }
        create("healthmonitor", "/healthmonitors", body);
    }

    private Api.Answer ask(String memberId, String listener, String subject) {
        return api.post(
                api.elb("/members/" + memberId + "/health-check"),
                Map.of("member_check", Map.of("listener_id", listener, "subject", subject)));
    }

    private String job(String memberId) {
        return ask(memberId, listenerId, "all")
                .expect(201)
                .get("member_check")
                .get("job_id")
                .asString();
    }

    private JsonNode show(String jobId) {
        return api.get(api.elb("/members/check/jobs/" + jobId)).expect(200).get("member_check");
    }

    private JsonNode answered(String jobId) {
        return await().atMost(PATIENCE)
                .until(() -> show(jobId), job -> !job.get("status").asString().equals("processing"));
    }

    /** Answers every connection with these bytes until it is closed. */
    private ServerSocket backend(String answer) throws IOException {
        var server = new ServerSocket(0, 50, InetAddress.ofLiteral(cloud.address(1)));
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (var socket = server.accept()) {
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // Closed: the loop ends.
                }
            }
        });
        return server;
    }

    @Test
    void tellsThatAMemberPasses() throws IOException {
        monitor("HTTP");
        try (var backend = backend("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            var memberId = member(backend.getLocalPort());
            var job = answered(job(memberId));

            assertThat(job.get("status").asString()).isEqualTo("processed");
            assertThat(job.get("member_id").asString()).isEqualTo(memberId);
            assertThat(job.get("listener_id").asString()).isEqualTo(listenerId);
            assertThat(job.get("check_item_total_num").asInt()).isEqualTo(1);
            assertThat(job.get("check_item_finished_num").asInt()).isEqualTo(1);
            assertThat(job.get("result").get("config").get("check_result").asBoolean())
                    .isTrue();
            assertThat(job.get("result").get("config").get("check_items")).isEmpty();
            assertThat(job.get("evenkeel").get("reason_code").isNull()).isTrue();
            assertThat(job.get("evenkeel").get("duration_millis").asLong()).isBetween(0L, 3_000L);
            assertThat(job.get("created_at").asString()).endsWith("Z");
        }
    }

    @Test
    void tellsWhichCodeWasExpectedAndWhichCame() throws IOException {
        monitor("HTTP");
        try (var backend = backend("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n")) {
            var job = answered(job(member(backend.getLocalPort())));

            assertThat(job.get("status").asString()).isEqualTo("processed");
            var config = job.get("result").get("config");
            assertThat(config.get("check_result").asBoolean()).isFalse();
            assertThat(config.get("check_items").get(0).get("reason").asString())
                    .isEqualTo("RESPONSE_MISMATCH: expected 200-204, got 503");
            assertThat(job.get("evenkeel").get("reason_code").asString()).isEqualTo("RESPONSE_MISMATCH");
            assertThat(job.get("evenkeel").get("expected_response").asString()).isEqualTo("200-204");
            assertThat(job.get("evenkeel").get("healthcheck_response").asString())
                    .isEqualTo("503");
        }
    }

    @Test
    void tellsThatNobodyListens() throws IOException {
        monitor("TCP");
        int port;
        try (var backend = backend("")) {
            port = backend.getLocalPort();
        }

        assertThat(answered(job(member(port)))
                        .get("evenkeel")
                        .get("reason_code")
                        .asString())
                .isEqualTo("CONNECT_REFUSED");
    }

    @Test
    void asksByGrpcAsWell() throws IOException {
        monitor("GRPC");
        int port;
        try (var backend = backend("")) {
            port = backend.getLocalPort();
        }

        assertThat(answered(job(member(port)))
                        .get("evenkeel")
                        .get("reason_code")
                        .asString())
                .isEqualTo("CONNECT_REFUSED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"securityGroup", "networkAcl", "nothing"})
    void refusesSubjectsThatDoNotExistHere(String subject) {
        monitor("TCP");

        assertThat(ask(member(80), listenerId, subject)
                        .expect(400)
                        .get("error_msg")
                        .asString())
                .contains("member_check.subject");
    }

    @Test
    void needsAMonitorAndAListenerThatLeadsToTheMember() {
        var memberId = member(80);
        assertThat(ask(memberId, listenerId, "all").expect(400).get("error_msg").asString())
                .contains("no health monitor");

        monitor("TCP");
        assertThat(ask(memberId, UUID.randomUUID().toString(), "all").status()).isEqualTo(404);
        assertThat(ask(UUID.randomUUID().toString(), listenerId, "all").status())
                .isEqualTo(404);
        assertThat(api.get(api.elb("/members/check/jobs/" + UUID.randomUUID())).status())
                .isEqualTo(404);
    }

    /** A question as old as this, which no worker has claimed. */
    private UUID questionFrom(String memberId, int secondsAgo) {
        var id = UUID.randomUUID();
        jdbc.sql("""
                        insert into health_check_job (id, project_id, member_id, listener_id, created_at)
                        values (:id, :project, :member, :listener, now() - cast(:seconds as integer) * interval '1 second')
                        """)
                .param("id", id)
                .param("project", api.projectId())
                .param("member", UUID.fromString(memberId))
                .param("listener", UUID.fromString(listenerId))
                .param("seconds", secondsAgo)
                .update();
        return id;
    }

    @Test
    void saysThatThereIsNoWorkerAfterTenSeconds() {
        var id = questionFrom(member(80), 11);

        var job = show(id.toString());

        assertThat(job.get("status").asString()).isEqualTo("failed");
        assertThat(job.get("evenkeel").get("reason_code").asString()).isEqualTo("NO_WORKER");
        assertThat(jobs.claim("late", 100)).noneMatch(claimed -> claimed.jobId().equals(id));
    }

    @Test
    void givesAQuestionToOneWorkerOnly() throws Exception {
        var memberId = member(80);
        var ids =
                IntStream.range(0, 20).mapToObj(n -> questionFrom(memberId, 0)).toList();
        var claims = IntStream.range(0, 8)
                .<Callable<List<HealthCheckJobs.Claimed>>>mapToObj(n -> () -> jobs.claim("racer-" + n, 20))
                .toList();
        var claimed = new HashMap<UUID, Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var claim : threads.invokeAll(claims)) {
                claim.get().forEach(job -> claimed.merge(job.jobId(), 1, Integer::sum));
            }
        }

        // Some went to the worker that runs beside this test; none went to two.
        assertThat(claimed.values()).allMatch(times -> times == 1);
        assertThat(jobs.claim("late", 100)).noneMatch(job -> ids.contains(job.jobId()));
    }

    @Test
    void forgetsJobsAfterADay() {
        var memberId = member(80);
        var old = questionFrom(memberId, 25 * 3600);
        var recent = questionFrom(memberId, 23 * 3600);
        jobs.answer(recent, new Answer(true, Optional.empty(), Optional.empty(), Optional.empty(), Duration.ZERO));

        jobs.forgetOld();

        assertThat(api.get(api.elb("/members/check/jobs/" + old)).status()).isEqualTo(404);
        assertThat(show(recent.toString()).get("status").asString())
                .as("an answer to what nobody claimed does not count")
                .isEqualTo("failed");
    }
}
