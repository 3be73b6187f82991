package io.evenkeel.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@EvenkeelTest
class IdentityApiTests {

    private static final String PROJECTS = "/identity/v1/projects";
    private static final String KEYS = "/identity/v1/access-keys";
    private static final String TOKENS = "/identity/v1/tokens";

    @Autowired
    Api api;

    private String project() {
        var id = UUID.randomUUID().toString().replace("-", "");
        api.post(PROJECTS, Map.of("project", Map.of("id", id, "name", "shop"))).expect(201);
        return id;
    }

    private JsonNode token(String projectId, String role) {
        return api.post(
                        TOKENS,
                        Map.of("token", Map.of("project_id", projectId, "role", role, "description", "for a test")))
                .expect(201)
                .get("token");
    }

    private JsonNode accessKey(String projectId) {
        return api.post(KEYS, Map.of("access_key", Map.of("project_id", projectId, "role", "reader")))
                .expect(201)
                .get("access_key");
    }

    @Test
    void createsShowsListsAndDeletesAProject() {
        var id = project();

        var shown = api.get(PROJECTS + "/" + id).expect(200).get("project");
        assertThat(shown.get("id").asString()).isEqualTo(id);
        assertThat(shown.get("name").asString()).isEqualTo("shop");
        assertThat(shown.get("created_at").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");

        var list = api.get(PROJECTS + "?id=" + id + "&id=other").expect(200);
        assertThat(list.get("projects")).hasSize(1);
        assertThat(list.get("page_info").get("current_count").asInt()).isEqualTo(1);

        api.delete(PROJECTS + "/" + id).expect(204);
        assertThat(api.get(PROJECTS + "/" + id).expect(404).get("error_msg").asString())
                .isEqualTo("project " + id + " could not be found.");
        api.delete(PROJECTS + "/" + id).expect(404);
    }

    @Test
    void makesAnIdForAProjectThatBringsNone() {
        var made = api.post(PROJECTS, Map.of("project", Map.of("name", "a"))).expect(201);

        assertThat(made.get("project").get("id").asString()).matches("[0-9a-f]{32}");
    }

    @Test
    void refusesAProjectThatIsThereOrWhoseIdIsReserved() {
        var id = project();

        api.post(PROJECTS, Map.of("project", Map.of("id", id, "name", "again"))).expect(409);
        api.post(PROJECTS, Map.of("project", Map.of("id", "api-docs", "name", "a")))
                .expect(400);
    }

    @Test
    void keepsAProjectThatIsInUse() {
        var id = project();
        token(id, "reader");

        assertThat(api.delete(PROJECTS + "/" + id).expect(409).get("error_msg").asString())
                .isEqualTo("The project still has tokens.");
    }

    @Test
    void showsATokenOnceAndLetsItInUntilItIsRevoked() {
        var id = project();
        var created = token(id, "operator");
        var caller = api.as(id, created.get("token").asString());
        assertThat(caller.get(caller.elb("/nothing")).status()).isEqualTo(404);

        var listed = api.get(TOKENS + "?project_id=" + id).expect(200);
        assertThat(listed.get("tokens")).hasSize(1);
        var only = listed.get("tokens").get(0);
        assertThat(only.has("token")).isFalse();
        assertThat(only.get("role").asString()).isEqualTo("operator");
        assertThat(only.get("description").asString()).isEqualTo("for a test");
        assertThat(listed.toString()).doesNotContain(created.get("token").asString());

        api.delete(TOKENS + "/" + created.get("id").asString()).expect(204);
        assertThat(caller.get(caller.elb("/nothing")).status()).isEqualTo(401);
        api.delete(TOKENS + "/" + created.get("id").asString()).expect(404);
    }

    @Test
    void showsTheSecretOfAnAccessKeyOnce() {
        var id = project();
        var created = accessKey(id);
        assertThat(created.get("secret_key").asString()).hasSize(40);

        var listed = api.get(KEYS + "?project_id=" + id + "&role=reader").expect(200);
        assertThat(listed.get("access_keys")).hasSize(1);
        assertThat(listed.get("access_keys").get(0).has("secret_key")).isFalse();
        assertThat(listed.toString()).doesNotContain(created.get("secret_key").asString());
        assertThat(api.get(KEYS + "?project_id=" + id + "&role=admin")
                        .expect(200)
                        .get("access_keys"))
                .isEmpty();

        api.delete(KEYS + "/" + created.get("access_key").asString()).expect(204);
        api.delete(KEYS + "/" + created.get("access_key").asString()).expect(404);
    }

    @Test
    void pagesThroughAList() {
        var id = project();
        accessKey(id);
        accessKey(id);
        accessKey(id);

        var first = api.get(KEYS + "?limit=2&project_id=" + id).expect(200);
        var marker = first.get("page_info").get("next_marker").asString();
        var second = api.get(KEYS + "?limit=2&project_id=" + id + "&marker=" + marker)
                .expect(200);

        assertThat(first.get("access_keys")).hasSize(2);
        assertThat(second.get("access_keys")).hasSize(1);
        assertThat(second.get("page_info").has("next_marker")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "projects,    project,    id,                 'a b'",
                "projects,    project,    id,                 ''",
                "projects,    project,    name,               ''",
                "projects,    project,    name,               null",
                "projects,    project,    name,               'a\u0000b'",
                "access-keys, access_key, project_id,         null",
                "access-keys, access_key, project_id,         'a b'",
                "access-keys, access_key, role,               null",
                "access-keys, access_key, role,               ADMIN",
                "access-keys, access_key, role,               owner",
                "access-keys, access_key, description,        'a\nb'",
                "access-keys, access_key, secret_key,         chosen",
                "tokens,      token,      project_id,         null",
                "tokens,      token,      role,               ''",
                "tokens,      token,      expires_in_seconds, 59",
                "tokens,      token,      expires_in_seconds, 31536001",
                "tokens,      token,      expires_in_seconds, text",
                "tokens,      token,      token,              chosen"
            })
    void refusesBadInputNamingTheField(String path, String root, String field, @Nullable String value) {
        var resource = new HashMap<String, @Nullable Object>(
                root.equals("project") ? Map.of("name", "a") : Map.of("project_id", api.projectId(), "role", "reader"));
        resource.put(field, value != null && value.matches("\\d+") ? Integer.valueOf(value) : value);

        var answer = api.post("/identity/v1/" + path, Map.of(root, resource)).expect(400);

        assertThat(answer.get("error_msg").asString()).contains(field);
    }

    @Test
    void findsNoProjectToIssueFor() {
        var wanted = Map.of("project_id", "unknown", "role", "reader");

        api.post(TOKENS, Map.of("token", wanted)).expect(404);
        api.post(KEYS, Map.of("access_key", wanted)).expect(404);
    }

    @Test
    void isForAdminsAlone() {
        var id = project();
        var operator = api.as(id, token(id, "operator").get("token").asString());

        operator.get(TOKENS).expect(403);
        operator.get(PROJECTS + "/" + id).expect(403);
        operator.post(TOKENS, Map.of("token", Map.of("project_id", id, "role", "admin")))
                .expect(403);
    }
}
