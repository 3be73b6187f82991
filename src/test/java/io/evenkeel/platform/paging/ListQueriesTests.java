package io.evenkeel.platform.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.platform.error.ElbException;
import io.evenkeel.testing.EvenkeelTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/** Over 25 pools named row-0 to row-24. */
@EvenkeelTest
class ListQueriesTests {

    private static final int ROWS = 25;

    /** Pools with columns of every type, and what stands in the tables joined. */
    private static final class RowFilters extends ListOperation {
        RowFilters() {
            super("ListRows", """
                    (select p.*, member_count as number, cast('10.0.0.' || member_count as inet) as address,
                            array[p.name, 'every'] as zones
                     from pool p) t""", "t.id");
            uuid("id", "t.id");
            text("name", "t.name");
            anyOf("zone", "t.zones");
            integer("number", "t.number");
            bool("flag", "t.any_port_enable");
            address("address", "t.address");
            enterpriseProject("t.enterprise_project_id");
            neverMatches("eips");
            withoutEffect("connection_limit");
            where("pair", Filter.Type.PAIR, "'number=' || t.number = any(:%s)", false);
            together(
                    "exists (select 1 from pool o where o.id = t.id and %s)",
                    textOf("other_name", "o.name"),
                    addressOf("other_address", "cast('10.0.0.' || o.member_count as inet)"),
                    uuidOf("other_id", "o.id"));
        }
    }

    private final RowFilters operation = new RowFilters();
    private final String projectId = "paging-" + UUID.randomUUID();
    private List<String> ids = List.of();

    @Autowired
    ListQueries queries;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void begin() {
        jdbc.sql("insert into project values (?, 'paging', now())")
                .param(projectId)
                .update();
        ids = IntStream.range(0, ROWS)
                .mapToObj(n -> UUID.randomUUID().toString())
                .sorted()
                .toList();
        IntStream.range(0, ROWS).forEach(n -> insert(ids.get(n), n));
    }

    private void insert(String id, int n) {
        jdbc.sql("""
                insert into pool (id, project_id, generation, created_at, updated_at, member_count, name, description,
                    admin_state_up, protocol, algorithm, type, ip_version, any_port_enable,
                    member_deletion_protection_enable, protection_status, protection_reason, enterprise_project_id)
                values (cast(:id as uuid), :project, 1, now(), now(), :n, :name, '', true, 'HTTP', 'ROUND_ROBIN',
                    'instance', 'v4', :flag, false, 'nonProtection', '', :enterprise)
                """)
                .param("id", id)
                .param("project", projectId)
                .param("n", n)
                .param("name", "row-" + n)
                .param("flag", n % 2 == 0)
                .param("enterprise", n == 3 ? "other" : "0")
                .update();
    }

    @AfterEach
    void end() {
        jdbc.sql("delete from pool where project_id = ?").param(projectId).update();
        jdbc.sql("delete from project where id = ?").param(projectId).update();
    }

    private static MultiValueMap<String, String> query(String text) {
        var query = new LinkedMultiValueMap<String, String>();
        UriComponentsBuilder.fromUriString("/?" + text)
                .build()
                .getQueryParams()
                .forEach((name, values) -> values.forEach(value -> query.add(name, value == null ? "" : value)));
        return query;
    }

    private PageOfIds page(String query) {
        return queries.page(operation, projectId, query(query));
    }

    private List<Integer> found(String query) {
        return page(query).ids().stream().map(ids::indexOf).toList();
    }

    private void refuses(String query, String name) {
        assertThatThrownBy(() -> page(query))
                .isInstanceOfSatisfying(
                        ElbException.class,
                        refusal -> assertThat(refusal.code().vendorCode()).isEqualTo("ELB.8902"))
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource({
        "name=row-7, 7",
        "name=row-7&name=row-9, 7;9",
        "name=ROW-7, ''",
        "name=row, ''",
        "name=, ''",
        "zone=row-4, 4",
        "zone=row-4&zone=row-5, 4;5",
        "number=3, 3",
        "number=3&number=+5, 3;5",
        "flag=true&number=1&number=2, 2",
        "flag=false&number=1&number=2, 1",
        "address=10.0.0.6, 6",
        "address=10.0.0.6&address=nonsense, 6",
        "address=nonsense, ''",
        "id=nonsense, ''",
        "id=00000000-0000-4000-8000-000000000000, ''",
        "pair=number=8, 8",
        "pair=number, ''",
        "eips=eip_id=x, ''",
        "connection_limit=5&number=3, 3",
        "enterprise_project_id=other, 3",
        "enterprise_project_id=0&number=3&number=4, 4",
        "enterprise_project_id=all_granted_eps&number=3&number=4, 3;4",
        "enterprise_project_id=none, ''",
        "name=row-7&number=7, 7",
        "name=row-7&number=8, ''",
        "other_name=row-2, 2",
        "other_name=row-2&other_name=row-3&other_address=10.0.0.3, 3",
        "other_name=row-2&other_address=10.0.0.3, ''",
        "other_id=nonsense, ''"
    })
    void filters(String query, String expected) {
        assertThat(found(query))
                .isEqualTo(
                        expected.isEmpty()
                                ? List.of()
                                : List.of(expected.split(";")).stream()
                                        .map(Integer::valueOf)
                                        .toList());
    }

    @Test
    void findsByIdWhateverItsCase() {
        assertThat(found("id=" + ids.get(5).toUpperCase(Locale.ROOT))).containsExactly(5);
    }

    @ParameterizedTest
    @CsvSource({
        "number=x, number",
        "number=, number",
        "number=1.5, number",
        "number=99999999999, number",
        "flag=TRUE, flag",
        "flag=1, flag",
        "flag=, flag",
        "flag=true&flag=false, flag",
        "pair=a=b&pair=c=d, pair",
        "unknown=1, unknown",
        "Name=row-1, Name",
        "limit=-1, limit",
        "limit=2001, limit",
        "limit=x, limit",
        "limit=, limit",
        "limit=1&limit=2, limit",
        "page_reverse=1, page_reverse",
        "page_reverse=, page_reverse",
        "page_reverse=true&page_reverse=true, page_reverse",
        "marker=, marker",
        "marker=nonsense, marker",
        "marker=00000000-0000-4000-8000-000000000000, marker",
        "marker=a&marker=b, marker"
    })
    void refusesByName(String query, String name) {
        refuses(query, "'" + name + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "id", "address", "number", "flag", "zone", "other_name", "marker"})
    void refusesTheCharacterNul(String name) {
        var query = new LinkedMultiValueMap<String, String>();
        query.add(name, "a\0b");

        assertThatThrownBy(() -> queries.page(operation, projectId, query))
                .isInstanceOf(ElbException.class)
                .hasMessageContaining("'" + name + "'");
    }

    @Test
    void refusesTheMarkerOfAnotherProject() {
        assertThatThrownBy(() -> queries.page(operation, "another", query("marker=" + ids.getFirst())))
                .hasMessageContaining("marker");
    }

    @Test
    void goesOnBehindAMarkerThatTheFilterDoesNotMatch() {
        assertThat(found("number=3&number=9&marker=" + ids.get(4))).containsExactly(9);
    }

    @ParameterizedTest
    @CsvSource({"'', 25", "limit=0, 25", "limit=2000, 25", "limit=25, 25", "limit=24, 24", "limit=1, 1"})
    void limits(String query, int count) {
        var page = page(query);

        assertThat(page.ids()).isEqualTo(ids.subList(0, count));
        assertThat(page.info())
                .isEqualTo(new PageInfo(count, ids.getFirst(), count == ROWS ? null : ids.get(count - 1)));
    }

    @Test
    void tellsOfAnEmptyList() {
        assertThat(page("name=none").info()).isEqualTo(new PageInfo(0, null, null));
    }

    @Test
    void comesBackThroughTheSamePages() {
        var there = new ArrayList<PageOfIds>();
        @Nullable String marker = null;
        do {
            there.add(page("limit=4" + (marker == null ? "" : "&marker=" + marker)));
            marker = there.getLast().info().nextMarker();
        } while (marker != null);
        assertThat(there.stream().flatMap(page -> page.ids().stream())).isEqualTo(ids);
        assertThat(there).hasSize(7);

        var back = new ArrayList<PageOfIds>();
        back.add(there.getLast());
        while (back.getLast().info().previousMarker() != null) {
            back.add(page(
                    "limit=4&page_reverse=true&marker=" + back.getLast().info().previousMarker()));
        }

        assertThat(back.removeLast().info()).isEqualTo(new PageInfo(0, null, null));
        Collections.reverse(back);
        assertThat(back).isEqualTo(there);
    }

    @Test
    void beginsAtTheEndWhenItGoesBackWithoutAMarker() {
        var last = page("limit=4&page_reverse=true");

        assertThat(last.ids()).isEqualTo(ids.subList(21, 25));
        assertThat(last.info()).isEqualTo(new PageInfo(4, ids.get(21), null));
    }

    @Test
    void staysWithinWhatIsFixed() {
        var fixed = Map.of("t.id", UUID.fromString(ids.get(6)));

        assertThat(queries.page(operation, projectId, query(""), fixed).ids()).containsExactly(ids.get(6));
        assertThatThrownBy(() -> queries.page(operation, projectId, query("marker=" + ids.get(5)), fixed))
                .hasMessageContaining("marker");
    }
}
