package io.evenkeel.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.huaweicloud.sdk.core.http.HttpMethod;
import com.huaweicloud.sdk.core.http.HttpRequestDef;
import com.huaweicloud.sdk.core.http.LocationType;
import io.evenkeel.sdk.SdkEstate.Tenants;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

/**
 * Every filter and all paging of every list that the SDK knows, over an estate of many kinds. What a filter must find is
 * computed from the unfiltered list, by the attribute of the filter's name.
 */
@EvenkeelTest
@Import(Tenants.class)
class SdkFilterTests {

    private static final Set<String> PAGING = Set.of("limit", "marker", "page_reverse");

    private final SdkEstate estate;
    private final SdkFilterTable table;

    @Autowired
    SdkFilterTests(Api api, Tenants tenants) {
        estate = SdkEstate.create(api, tenants, SdkEstate.account(tenants));
        table = new SdkFilterTable(estate);
    }

    private static Stream<HttpRequestDef<?, ?>> lists() {
        return Sdk.operations().values().stream()
                .filter(operation -> operation.getMethod() == HttpMethod.GET && operation.hasRequestField("limit"));
    }

    private List<JsonNode> rows(String operation, Map<String, ?> query) {
        var request = new HashMap<String, Object>(query);
        request.putAll(table.path(operation));
        var answer = estate.sdk().call(operation, request);
        return answer.valueStream()
                .filter(JsonNode::isArray)
                .findFirst()
                .orElseThrow()
                .valueStream()
                .toList();
    }

    private static List<String> ids(List<JsonNode> rows) {
        return rows.stream().map(row -> row.path("id").asString()).toList();
    }

    @TestFactory
    Stream<DynamicTest> filters() {
        return lists().map(operation -> DynamicTest.dynamicTest(operation.getName(), () -> {
            var name = operation.getName();
            var rows = rows(name, Map.of());
            assertThat(rows).as("rows to filter").hasSizeGreaterThan(1);
            var softly = new SoftAssertions();
            operation.getRequestFields().stream()
                    .filter(field -> field.getLocation() == LocationType.Query && !PAGING.contains(field.getName()))
                    .forEach(field -> checkFilter(softly, operation, field.getName(), rows));
            softly.assertAll();
        }));
    }

    private void checkFilter(
            SoftAssertions softly, HttpRequestDef<?, ?> operation, String filter, List<JsonNode> rows) {
        var name = operation.getName();
        var isRepeatable = operation.getRequestField(filter).getFieldType().equals(List.class);
        var values = table.values(name, filter, rows);
        var text = name + "?" + filter + "=";
        if (values.values().stream().allMatch(List::isEmpty)) {
            softly.assertThat(table.neverMatches(name))
                    .as(text + " finds something")
                    .contains(filter);
        }
        values.forEach((value, expected) -> {
            var asked = isRepeatable ? List.of(typed(name, filter, value)) : typed(name, filter, value);
            softly.assertThatCode(() ->
                            assertThat(ids(rows(name, Map.of(filter, asked)))).isEqualTo(expected))
                    .as(text + value)
                    .doesNotThrowAnyException();
        });
        if (isRepeatable) {
            var everything = values.keySet().stream()
                    .map(value -> typed(name, filter, value))
                    .toList();
            var all = rows.stream()
                    .map(row -> row.path("id").asString())
                    .filter(id -> values.values().stream().anyMatch(found -> found.contains(id)))
                    .toList();
            softly.assertThatCode(() -> assertThat(ids(rows(name, Map.of(filter, everything))))
                            .isEqualTo(all))
                    .as(text + values.keySet())
                    .doesNotThrowAnyException();
        }
    }

    /** As the request's class wants it. */
    private static Object typed(String operation, String filter, String value) {
        var type = Arrays.stream(Sdk.operation(operation).getRequestType().getDeclaredFields())
                .filter(field -> field.getAnnotation(JsonProperty.class).value().equals(filter))
                .findFirst()
                .orElseThrow()
                .getGenericType()
                .getTypeName();
        if (type.contains("Boolean")) {
            return Boolean.valueOf(value);
        }
        return type.contains("Integer") ? Integer.valueOf(value) : value;
    }

    @TestFactory
    Stream<DynamicTest> pages() {
        return lists().map(operation -> DynamicTest.dynamicTest(operation.getName(), () -> {
            var name = operation.getName();
            var all = ids(rows(name, Map.of()));
            assertThat(walk(name, false)).isEqualTo(all);
            var before = new ArrayList<>(all.subList(0, all.size() - 1));
            Collections.reverse(before);
            assertThat(walk(name, true, all.getLast())).isEqualTo(before);
        }));
    }

    /** The ids that pages of one row hold, to the end. */
    private List<String> walk(String operation, boolean isReverse, String... from) {
        var ids = new ArrayList<String>();
        var request = new LinkedHashMap<String, Object>(table.path(operation));
        request.put("limit", 1);
        request.put("page_reverse", isReverse);
        Arrays.stream(from).forEach(marker -> request.put("marker", marker));
        while (true) {
            var answer = estate.sdk().call(operation, request);
            var rows =
                    answer.valueStream().filter(JsonNode::isArray).findFirst().orElseThrow();
            var page = answer.path("page_info");
            assertThat(page.path("current_count").asInt())
                    .isEqualTo(rows.size())
                    .isLessThan(2);
            if (rows.isEmpty()) {
                return ids;
            }
            var id = rows.get(0).path("id").asString();
            assertThat(page.path("previous_marker").asString()).isEqualTo(id);
            assertThat(ids).doesNotContain(id);
            ids.add(id);
            if (!isReverse && page.path("next_marker").isMissingNode()) {
                return ids;
            }
            assertThat(isReverse || page.path("next_marker").asString().equals(id))
                    .isTrue();
            request.put("marker", id);
        }
    }
}
