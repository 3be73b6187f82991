package io.evenkeel.audit.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.identity.Secret;
import io.evenkeel.platform.web.RequestId;
import io.evenkeel.platform.write.ResourceWritten;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Statements;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** What the audit holds after writes through the API, and after writes that failed. */
@EvenkeelTest
class AuditRecordTests {

    private static final String KEY = "-----BEGIN PRIVATE KEY-----\nplanted\n-----END PRIVATE KEY-----";

    @Autowired
    Api api;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    PlatformTransactionManager transactions;

    private TransactionTemplate transaction;

    @BeforeEach
    void begin() {
        transaction = new TransactionTemplate(transactions);
    }

    private record Plain(String name, int weight) {}

    private record Nested(@Nullable String privateKey, String text, List<Map<String, String>> items) {}

    private record Certificate(String name, Secret sealedKey, Nested nested) {}

    private List<JsonNode> records(String query) {
        var found = new ArrayList<JsonNode>();
        api.get(api.elb("/audit?" + query)).expect(200).get("audit_records").forEach(found::add);
        return found;
    }

    private JsonNode onlyRecord(String query) {
        var found = records(query);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private Api.Answer create(String wrapper, String path, Map<String, Object> body) {
        var answer = api.post(api.elb(path), Map.of(wrapper, body));
        answer.expect(201);
        return answer;
    }

    private Api.Answer createPool(Cloud cloud, String name) {
        return create(
                "pool",
                "/pools",
                Map.of(
                        "protocol",
                        "TCP",
                        "lb_algorithm",
                        "ROUND_ROBIN",
                        "type",
                        "instance",
                        "vpc_id",
                        cloud.vpcId(),
                        "name",
                        name));
    }

    private static String id(Api.Answer answer, String wrapper) {
        return answer.body().get(wrapper).get("id").asString();
    }

    private static String requestId(Api.Answer answer) {
        return answer.raw().headers().firstValue(RequestId.HEADER).orElseThrow();
    }

    @Test
    void tellsWhoWroteWhatAndFromWhere() {
        var created = createPool(Cloud.create(api), "told");

        var record = onlyRecord("resource_id=" + id(created, "pool"));

        assertThat(record.get("request_id").asString())
                .isEqualTo(requestId(created))
                .isEqualTo(created.body().get("request_id").asString());
        assertThat(record.get("operation").asString()).isEqualTo("CreatePool");
        assertThat(record.get("action").asString()).isEqualTo("CREATE");
        assertThat(record.get("resource_kind").asString()).isEqualTo("pool");
        assertThat(record.get("generation").asInt()).isEqualTo(1);
        assertThat(record.get("source_address").asString()).isEqualTo("127.0.0.1");
        assertThat(record.get("caller_role").asString()).isEqualTo("admin");
        assertThat(record.get("caller").asString())
                .isEqualTo(jdbc.sql("select id from token where role = 'ADMIN' and project_id = ? order by id limit 1")
                        .param(api.projectId())
                        .query(UUID.class)
                        .single()
                        .toString());
        assertThat(record.get("happened_at").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    }

    @Test
    void showsAllAfterACreationOnlyWhatDiffersAfterAChangeAndAllBeforeADeletion() {
        var pool = id(createPool(Cloud.create(api), "one"), "pool");
        var path = api.elb("/pools/" + pool);
        api.put(path, Map.of("pool", Map.of("name", "two"))).expect(200);
        api.delete(path).expect(204);

        var records = records("resource_id=" + pool);

        assertThat(records)
                .extracting(record -> record.get("action").asString())
                .containsExactly("DELETE", "UPDATE", "CREATE");
        assertThat(records.get(2).get("difference").get("lb_algorithm").toString())
                .isEqualTo("{\"after\":\"ROUND_ROBIN\"}");
        assertThat(records.get(1).get("difference").toString())
                .isEqualTo("{\"name\":{\"before\":\"one\",\"after\":\"two\"}}");
        assertThat(records.get(0).get("difference").get("name").toString()).isEqualTo("{\"before\":\"two\"}");
    }

    @Test
    void tellsNothingOfAWriteThatChangedNothingOrWasRefused() {
        var pool = id(createPool(Cloud.create(api), "same"), "pool");
        var path = api.elb("/pools/" + pool);
        api.put(path, Map.of("pool", Map.of("name", "same"))).expect(200);
        api.put(path, Map.of("pool", Map.of("name", "other", "protocol", "HTTP")))
                .expect(400);
        api.put(path, Map.of("pool", Map.of("vpc_id", "no-such-vpc"))).expect(400);

        assertThat(records("resource_id=" + pool)).hasSize(1);
    }

    @Test
    void writesABatchInOneStatement() {
        var cloud = Cloud.create(api);
        var pool = id(createPool(cloud, "batch"), "pool");
        IntStream.rangeClosed(1, 205).forEach(cloud::server);

        int ofFive = Statements.during(() -> add(cloud, pool, 1, 5));
        int ofTwoHundred = Statements.during(() -> add(cloud, pool, 6, 205));

        assertThat(ofTwoHundred).isEqualTo(ofFive);
        assertThat(records("operation=BatchCreateMembers&resource_kind=member&limit=2000").stream()
                        .filter(record -> record.at("/difference/pool_id/after")
                                .asString()
                                .equals(pool)))
                .hasSize(205);
    }

    private void add(Cloud cloud, String pool, int from, int to) {
        var members = IntStream.rangeClosed(from, to)
                .mapToObj(n -> Map.of(
                        "address", cloud.address(n), "subnet_cidr_id", cloud.serverSubnetId(), "protocol_port", 80))
                .toList();
        api.post(api.elb("/pools/" + pool + "/members/batch-add"), Map.of("members", members))
                .expect(200);
    }

    @Test
    void tellsWhatAWriteTookAlong() {
        var cloud = Cloud.create(api);
        var loadBalancer = id(
                create(
                        "loadbalancer",
                        "/loadbalancers",
                        Map.of("vip_subnet_cidr_id", cloud.vipSubnetId(), "availability_zone_list", List.of("az-1"))),
                "loadbalancer");
        var listener = id(
                create(
                        "listener",
                        "/listeners",
                        Map.of("loadbalancer_id", loadBalancer, "protocol", "TCP", "protocol_port", 80)),
                "listener");
        var created = create(
                "pool", "/pools", Map.of("protocol", "TCP", "lb_algorithm", "ROUND_ROBIN", "listener_id", listener));
        var pool = id(created, "pool");

        var bound = onlyRecord("resource_id=" + listener + "&request_id=" + requestId(created));
        assertThat(bound.get("difference").toString())
                .isEqualTo("{\"default_pool_id\":{\"before\":null,\"after\":\"%s\"}}".formatted(pool));

        var deleted = api.delete(api.elb("/pools/" + pool));
        deleted.expect(204);

        var freed = onlyRecord("resource_id=" + listener + "&request_id=" + requestId(deleted));
        assertThat(freed.get("operation").asString()).isEqualTo("DeletePool");
        assertThat(freed.get("difference").toString())
                .isEqualTo("{\"default_pool_id\":{\"before\":\"%s\",\"after\":null}}".formatted(pool));
    }

    @Test
    void neverHoldsASecret() {
        var id = UUID.randomUUID();
        var nested = new Nested(KEY, KEY, List.of(Map.of("api_token", "planted", "note", "seen")));
        transaction.executeWithoutResult(status -> events.publishEvent(ResourceWritten.updated(
                api.projectId(),
                "certificate",
                id,
                null,
                new Certificate("same", new Secret("planted-before"), new Nested(null, "", List.of())),
                new Certificate("same", new Secret("planted-after"), nested))));

        var difference = onlyRecord("resource_id=" + id).get("difference");

        assertThat(difference.toString()).doesNotContain("planted").contains("seen");
        assertThat(difference.get("sealed_key").toString()).isEqualTo("{\"before\":\"***\",\"after\":\"***\"}");
        assertThat(difference.has("name")).isFalse();
        assertThat(difference.at("/nested/after/private_key").asString()).isEqualTo("***");
        assertThat(difference.at("/nested/before/private_key").isNull()).isTrue();
    }

    @Test
    void recordsAnAccessKeyWithoutItsSecret() {
        var wanted = Map.of("project_id", api.projectId(), "role", "reader", "description", "audited");
        var created = api.post("/identity/v1/access-keys", Map.of("access_key", wanted))
                .expect(201)
                .get("access_key");
        var key = created.get("access_key").asString();

        var record = onlyRecord("resource_id=" + key);

        assertThat(record.toString()).doesNotContain(created.get("secret_key").asString());
        assertThat(record.at("/difference/description/after").asString()).isEqualTo("audited");
        assertThat(record.at("/difference/secret_key/after").asString()).isEqualTo("***");
        api.delete("/identity/v1/access-keys/" + key).expect(204);
        assertThat(records("resource_id=" + key + "&action=DELETE")).hasSize(1);
    }

    @Test
    void leavesNothingOfAWriteThatFailsAfterwards() {
        var id = UUID.randomUUID().toString();

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    publish(id);
                    throw new IllegalStateException("later");
                }))
                .hasMessage("later");
        transaction.executeWithoutResult(status -> {
            publish(id);
            status.setRollbackOnly();
        });

        assertThat(records("resource_id=" + id)).isEmpty();
    }

    @Test
    void failsTheWriteThatCannotBeRecorded() {
        var project = "unrecorded-" + UUID.randomUUID();

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    jdbc.sql("insert into project (id, name, created_at) values (?, '', now())")
                            .param(project)
                            .update();
                    publish("no text in PostgreSQL holds \0");
                }))
                .isInstanceOf(DataAccessException.class);

        assertThat(jdbc.sql("select count(*) from project where id = ?")
                        .param(project)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void refusesWhatIsToldOutsideATransaction() {
        assertThatThrownBy(() -> publish("nowhere")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keepsApartWhatASuspendedTransactionWrote() {
        var outer = UUID.randomUUID().toString();
        var inner = UUID.randomUUID().toString();
        var own = new TransactionTemplate(transactions);
        own.setPropagationBehavior(TransactionTemplate.PROPAGATION_REQUIRES_NEW);

        transaction.executeWithoutResult(status -> {
            publish(outer);
            own.executeWithoutResult(nested -> publish(inner));
            status.setRollbackOnly();
        });

        assertThat(records("resource_id=" + inner)).hasSize(1);
        assertThat(records("resource_id=" + outer)).isEmpty();
    }

    @Test
    void namesTheSystemWhereNoRequestAsked() {
        var id = UUID.randomUUID().toString();
        transaction.executeWithoutResult(status -> publish(id));

        var record = onlyRecord("resource_id=" + id);

        assertThat(record.get("caller").asString()).isEqualTo("system");
        assertThat(record.get("operation").asString()).isEqualTo("system");
        assertThat(record.get("request_id").isNull()).isTrue();
        assertThat(record.get("source_address").isNull()).isTrue();
    }

    private void publish(String id) {
        events.publishEvent(ResourceWritten.created(api.projectId(), "thing", id, null, new Plain("a", 1)));
    }

    @Test
    void filtersByEachNameAndPagesFromTheNewest() {
        var cloud = Cloud.create(api);
        var created = createPool(cloud, "filtered");
        var pool = id(created, "pool");
        var path = api.elb("/pools/" + pool);
        for (var name : List.of("b", "c", "d")) {
            api.put(path, Map.of("pool", Map.of("name", name))).expect(200);
        }
        var mine = "resource_id=" + pool;
        var all = records(mine);
        assertThat(all).hasSize(4);

        assertThat(records(mine + "&action=CREATE&action=DELETE")).hasSize(1);
        assertThat(records(mine + "&operation=UpdatePool")).hasSize(3);
        assertThat(records(mine + "&resource_kind=listener")).isEmpty();
        assertThat(records(mine + "&request_id=" + requestId(created))).hasSize(1);
        assertThat(records(mine + "&caller=nobody")).isEmpty();
        assertThat(records(mine + "&id=" + all.get(1).get("id").asString())).containsExactly(all.get(1));
        var third = all.get(1).get("happened_at").asString();
        assertThat(records(mine + "&since=" + third)).containsExactlyElementsOf(all.subList(0, 2));
        assertThat(records(mine + "&until=" + third)).containsExactlyElementsOf(all.subList(2, 4));
        assertThat(records(mine + "&limit=3")).containsExactlyElementsOf(all.subList(0, 3));
        var marker = all.get(1).get("id").asString();
        assertThat(records(mine + "&marker=" + marker)).containsExactlyElementsOf(all.subList(2, 4));
        assertThat(records(mine + "&page_reverse=true&marker=" + marker)).containsExactly(all.getFirst());
        api.get(api.elb("/audit?since=yesterday")).expect(400);
        api.get(api.elb("/audit?since=2026-13-01T00:00:00Z")).expect(400);
        api.get(api.elb("/audit?name=x")).expect(400);
    }

    @Test
    void isReadByReadersOfTheProjectAndNobodyElse() {
        var pool = id(createPool(Cloud.create(api), "mine"), "pool");
        var other = "audit-" + UUID.randomUUID();
        api.post("/identity/v1/projects", Map.of("project", Map.of("id", other, "name", other)))
                .expect(201);
        var stranger = reader(other);
        var mine = reader(api.projectId());

        assertThat(stranger.get(stranger.elb("/audit"))
                        .expect(200)
                        .get("audit_records")
                        .toString())
                .doesNotContain(pool);
        assertThat(stranger.get(stranger.elb("/audit?resource_id=" + pool))
                        .expect(200)
                        .get("audit_records"))
                .isEmpty();
        stranger.get(api.elb("/audit")).expect(403);
        assertThat(mine.get(mine.elb("/audit?resource_id=" + pool)).expect(200).get("audit_records"))
                .hasSize(1);
    }

    private Api reader(String projectId) {
        var token = api.post("/identity/v1/tokens", Map.of("token", Map.of("project_id", projectId, "role", "reader")))
                .expect(201);
        return api.as(projectId, token.at("/token/token").asString());
    }
}
