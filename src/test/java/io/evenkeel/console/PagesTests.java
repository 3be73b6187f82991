package io.evenkeel.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.TestInstance;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@EvenkeelTest
class PagesTests {

    private static final String PROJECT = "/console/projects/" + TestInstance.PROJECT_ID;

    @Autowired
    Api api;

    private Visitor admin() {
        return Visitor.signedIn(api.root(), TestInstance.TOKEN);
    }

    private Visitor with(String projectId, String role) {
        var token = api.post("/identity/v1/tokens", Map.of("token", Map.of("project_id", projectId, "role", role)))
                .expect(201)
                .path("token")
                .path("token")
                .asString();
        return Visitor.signedIn(api.root(), token);
    }

    private String newProject() {
        var id = UUID.randomUUID().toString().replace("-", "");
        api.post("/identity/v1/projects", Map.of("project", Map.of("id", id, "name", "another")))
                .expect(201);
        return id;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "load-balancers",
                "listeners",
                "groups",
                "policies",
                "health-monitors",
                "certificates",
                "security-policies",
                "ip-groups",
                "servers",
                "subnets",
                "vpcs",
                "zones",
                "events",
                "audit",
                "quotas",
                "workers"
            })
    void showsEveryListFullAndEmpty(String kind) {
        assertThat(admin().page(PROJECT + "/" + kind)).contains("<h1>");

        var empty = newProject();
        assertThat(with(empty, "reader").page("/console/projects/" + empty + "/" + kind))
                .contains("<h1>")
                .contains("aria-current=\"page\"");
    }

    @Test
    void showsOneOfEachKind() {
        var estate = Estate.create(api);
        estate.servers(1);
        var balancer = estate.loadBalancer(Map.of("name", "shop"));
        var pool = estate.poolOf(balancer);
        var listener = estate.listener(balancer, 80, pool);
        var monitor = estate.monitor(pool);
        var cloud = estate.cloud();
        var admin = admin();

        for (var path : List.of(
                "/load-balancers/" + balancer,
                "/groups/" + pool,
                "/listeners/" + listener,
                "/health-monitors/" + monitor,
                "/servers/" + cloud.serverId(1),
                "/subnets/" + cloud.serverSubnetId(),
                "/vpcs/" + cloud.vpcId())) {
            assertThat(admin.page(PROJECT + path)).contains("<h1>");
        }
    }

    @Test
    void drawsTheTopologyAndSaysWhatIsNotWell() {
        var estate = Estate.create(api);
        estate.servers(2);
        var balancer = estate.loadBalancer(Map.of("name", "front"));
        var pool = estate.pool(Map.of("loadbalancer_id", balancer, "name", "webs"));
        var listener = estate.advancedListener(balancer, 80);
        estate.bind(listener, pool);
        estate.policy(listener, "/api", pool);
        estate.member(pool, 1);

        var page = admin().page(PROJECT + "/load-balancers/" + balancer);

        assertThat(page)
                .contains("HTTP 80")
                .contains("path equal to /api")
                .contains("Everything else")
                .contains(estate.cloud().address(1) + ":80")
                .contains("Zone az-2 has no working backend")
                .contains("No group has a member with a weight there.");
    }

    @Test
    void leadsFromAServersAddressToEveryWayThatUsesIt() {
        var estate = Estate.create(api);
        estate.servers(2);
        var balancer = estate.loadBalancer(Map.of("name", "entrance"));
        var pool = estate.pool(Map.of("loadbalancer_id", balancer, "name", "webs"));
        var listener = estate.listener(balancer, 8081, pool);
        estate.member(pool, 1, Map.of("weight", 7));
        var admin = admin();

        for (var asked : List.of(estate.cloud().address(1), estate.cloud().serverId(1))) {
            assertThat(admin.page(PROJECT + "/search?q=" + asked))
                    .contains("/load-balancers/" + balancer)
                    .contains("/listeners/" + listener)
                    .contains("/groups/" + pool)
                    .contains("HTTP 8081")
                    .doesNotContain("None leads there")
                    .contains("<td class=\"number\">7</td>");
        }
        assertThat(admin.page(PROJECT + "/search?q=" + estate.cloud().address(2)))
                .contains("No group uses this server.");
        assertThat(admin.page(PROJECT + "/search?q=10.255.255.1")).contains("Nothing found.");
        assertThat(admin.page(PROJECT + "/search?q=ENTRANC")).contains("/load-balancers/" + balancer);
        assertThat(admin.page(PROJECT + "/search?q=%25")).doesNotContain("/load-balancers/" + balancer);
    }

    @Test
    void changesWeightsAfterSayingWhatThatWouldDo() {
        var estate = Estate.create(api);
        estate.servers(2);
        var pool = estate.poolOf(estate.loadBalancer());
        var first = estate.member(pool, 1, Map.of("weight", 1));
        estate.member(pool, 2, Map.of("weight", 1));
        var path = PROJECT + "/groups/" + pool;
        var admin = admin();
        assertThat(admin.page(path + "?edit=weights")).contains("name=\"weight-" + first + "\"");

        var preview = admin.submit(path, path + "/weights", Map.of("weight-" + first, "3", "action", "preview"));

        assertThat(preview.body()).contains("50.0 %").contains("75.0 %").contains("from weight 1 to 3");
        assertThat(weight(estate, pool, first)).isEqualTo(1);
        var applied = admin.submit(path, path + "/weights", Map.of("weight-" + first, "3", "action", "apply"));
        assertThat(applied.statusCode()).isEqualTo(302);
        assertThat(weight(estate, pool, first)).isEqualTo(3);
        var refused = admin.submit(path, path + "/weights", Map.of("weight-" + first, "101", "action", "preview"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("must be 0..100");
    }

    private static int weight(Estate estate, String pool, String member) {
        return estate.show("/pools/" + pool + "/members/" + member)
                .path("weight")
                .asInt();
    }

    @Test
    void addsServersAndSaysWhyOthersMayNot() {
        var estate = Estate.create(api);
        var cloud = estate.cloud();
        estate.servers(2);
        cloud.server(3, "windows", "server2025", "ACTIVE");
        var pool = estate.poolOf(estate.loadBalancer());
        estate.member(pool, 1);
        var path = PROJECT + "/groups/" + pool + "/add-servers";
        var admin = admin();

        var page = admin.page(path + "?filter=server%203");
        assertThat(page).contains("server " + cloud.serverId(3) + " runs windows");
        assertThat(admin.page(path + "?filter=server%201")).contains("It is a member of this group already.");
        var chosen = Map.of("server", cloud.address(2) + "|" + cloud.serverSubnetId(), "port", "80", "weight", "1");
        var preview = admin.submit(path, path, chosen);
        assertThat(preview.body()).contains("is added").contains("50.0 %");
        var applied = new HashMap<>(chosen);
        applied.put("action", "apply");
        assertThat(admin.submit(path, path, applied).statusCode()).isEqualTo(302);
        assertThat(estate.ids("/pools/" + pool + "/members")).hasSize(2);
    }

    @Test
    void showsAReaderNoButtonsAndRefusesThem() {
        var estate = Estate.create(api);
        estate.servers(1);
        var pool = estate.poolOf(estate.loadBalancer());
        var member = estate.member(pool, 1, Map.of("weight", 1));
        var path = PROJECT + "/groups/" + pool;
        var reader = with(TestInstance.PROJECT_ID, "reader");

        assertThat(reader.page(path)).doesNotContain("Edit weights").doesNotContain("Add servers");
        var refused = reader.submit(path, path + "/weights", Map.of("weight-" + member, "9", "action", "apply"));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("needs the role operator");
        assertThat(weight(estate, pool, member)).isEqualTo(1);
    }

    @Test
    void showsNobodyAnotherProject() {
        var estate = Estate.create(api);
        var balancer = estate.loadBalancer();
        var elsewhere = with(newProject(), "operator");

        for (var path :
                List.of("/load-balancers", "/load-balancers/" + balancer, "/search?q=x", "/workers", "/audit")) {
            assertThat(elsewhere.get(PROJECT + path).statusCode()).as(path).isEqualTo(403);
        }
        assertThat(elsewhere.get("/console/projects").statusCode()).isEqualTo(403);
    }

    @Test
    void tellsTheAuditWhoseBrowserItWas() {
        var estate = Estate.create(api);
        estate.servers(1);
        var pool = estate.poolOf(estate.loadBalancer());
        var member = estate.member(pool, 1, Map.of("weight", 1));
        var path = PROJECT + "/groups/" + pool;
        var operator = with(TestInstance.PROJECT_ID, "operator");

        operator.submit(path, path + "/weights", Map.of("weight-" + member, "2", "action", "apply"));

        var record = Estate.rows(
                        api.get(api.elb("/audit?resource_id=" + member)).expect(200))
                .getFirst();
        assertThat(record.path("operation").asString()).isEqualTo("BatchUpdateMembers");
        assertThat(record.path("caller_role").asString()).isEqualTo("operator");
        assertThat(record.path("source_address").asString()).isEqualTo("127.0.0.1");
        assertThat(operator.page(PROJECT + "/audit?filter=" + member))
                .contains("BatchUpdateMembers")
                .contains("1 → 2");
    }

    @Test
    void showsMarkupAsText() {
        var estate = Estate.create(api);
        var name = "<script>alert(1)</script>\"'&amp;<img src=x onerror=alert(1)>";
        var balancer = estate.loadBalancer(Map.of("name", name, "description", "{{7*7}} ${7*7} [[${7*7}]]"));
        var admin = admin();

        var filtered = "/load-balancers?filter=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        for (var path : List.of(filtered, "/load-balancers/" + balancer, "/search?q=%3Cscript%3E")) {
            assertThat(admin.page(PROJECT + path))
                    .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                    .doesNotContain("<script>alert")
                    .doesNotContain("<img src=x");
        }
        assertThat(admin.page(PROJECT + "/load-balancers/" + balancer)).contains("${7*7}");
        assertThat(admin.page(PROJECT + "/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E"))
                .doesNotContain("<script>alert");
    }

    /** The API takes them in no name; what was asked for is shown again, and so is the start of a certificate. */
    @Test
    void showsControlCharactersAsSigns() {
        assertThat(admin().page(PROJECT + "/search?q=a%0D%0Ab%1B%5B31mc%E2%80%AEd"))
                .contains("a␍␊b␛[31mc⟨U+202E⟩d")
                .doesNotContain("\u001b")
                .doesNotContain("\u202e");
    }

    @Test
    void saysThatAPageIsNotThere() {
        var admin = admin();

        for (var path : List.of(
                "/console/nothing", PROJECT + "/nothing", PROJECT + "/listeners/nothing", PROJECT + "/a/b/c/d")) {
            var answer = admin.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).contains("<h1>Not found</h1>");
        }
    }
}
