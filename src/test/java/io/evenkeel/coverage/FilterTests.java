package io.evenkeel.coverage;

import static io.evenkeel.coverage.Fixture.fields;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.coverage.ApiDocument.Operation;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Each filter of the API's file × a value that the row has and one that it has not. */
@EvenkeelTest
class FilterTests {

    private static final Set<String> NO_FILTERS = Set.of("limit", "marker", "page_reverse");
    private static final String NOWHERE = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";

    private final Api api;
    private final Fixture fixture;

    @Autowired
    FilterTests(Api api) {
        this.api = api;
        this.fixture = new Fixture(api);
    }

    /** The row that the lists are asked for; every attribute that is a filter has a value. */
    private JsonNode row(String operation) {
        return switch (operation) {
            case "ListHealthMonitors" ->
                api.put(
                                api.elb("/healthmonitors/" + fixture.monitorId),
                                Map.of(
                                        "healthmonitor",
                                        fields(
                                                "name", "n",
                                                "domain_name", "a.example",
                                                "monitor_port", 80,
                                                "expected_codes", "200-204",
                                                "url_path", "/up")))
                        .expect(200)
                        .path("healthmonitor");
            case "ListMembers", "ListAllMembers" ->
                api.put(
                                api.elb("/pools/" + fixture.poolId + "/members/" + fixture.memberId),
                                Map.of("member", fields("name", "n", "weight", 7)))
                        .expect(200)
                        .path("member");
            default -> throw new AssertionError(operation);
        };
    }

    /** Of filters that the row's own attributes do not name. */
    private String has(String filter, JsonNode row) {
        return switch (filter) {
            case "enterprise_project_id" -> "0";
            case "pool_id" -> fixture.poolId;
            case "loadbalancer_id" -> fixture.loadBalancerId;
            case "availability_zone" -> "az-1";
            default -> row.path(filter).asString("");
        };
    }

    private static String hasNot(JsonNode value, String text) {
        if (value.isBoolean()) {
            return Boolean.toString(!value.asBoolean());
        }
        if (value.isNumber()) {
            return Integer.toString(value.asInt() + 1);
        }
        return text.contains("-") && text.length() == NOWHERE.length() ? NOWHERE : text + "x";
    }

    @Test
    void matchesWhatTheRowHasAndNothingElse() {
        var complaints = new ArrayList<String>();
        for (var operation : ApiDocument.of(api, "elb-v3").operations()) {
            if (Set.of("ListHealthMonitors", "ListMembers", "ListAllMembers").contains(operation.name())) {
                var row = row(operation.name());
                for (var filter : operation.queryNames()) {
                    if (!NO_FILTERS.contains(filter)) {
                        var value = has(filter, row);
                        expect(
                                operation,
                                row,
                                filter,
                                value,
                                List.of(row.path("id").asString()),
                                complaints);
                        expect(operation, row, filter, hasNot(row.path(filter), value), List.of(), complaints);
                    }
                }
            }
        }
        assertThat(complaints).isEmpty();
    }

    private void expect(
            Operation operation,
            JsonNode row,
            String filter,
            String value,
            List<String> expected,
            List<String> complaints) {
        var id = filter.equals("id") ? "" : "&id=" + row.path("id").asString();
        var path = operation.path().replace("{project_id}", api.projectId()).replace("{pool_id}", fixture.poolId);
        var answer = api.get(path + "?" + filter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8) + id);
        var found = answer.body()
                .valueStream()
                .filter(JsonNode::isArray)
                .flatMap(JsonNode::valueStream)
                .map(one -> one.path("id").asString())
                .toList();
        if (answer.status() != 200 || !found.equals(expected)) {
            complaints.add("%s ?%s=%s → %.200s"
                    .formatted(operation.name(), filter, value, answer.raw().body()));
        }
    }
}
