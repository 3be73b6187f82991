package io.evenkeel.relations;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Statements;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What all lists do alike: pages forth and back, markers, and a number of statements that no row adds to. */
@EvenkeelTest
class ListTests {

    @Autowired
    private Api api;

    private Estate estate;
    private String loadBalancer = "";
    private String pool = "";

    /** A list, narrowed to the rows of one test. */
    enum Listed {
        LOAD_BALANCERS,
        LISTENERS,
        POOLS,
        MEMBERS,
        ALL_MEMBERS,
        HEALTH_MONITORS,
        VPCS,
        SUBNETS,
        SERVERS
    }

    @BeforeEach
    void createEstate() {
        estate = Estate.create(api);
        loadBalancer = estate.loadBalancer(Map.of("name", "of the lists"));
        pool = estate.poolOf(loadBalancer);
    }

    private List<String> add(Listed listed, int from, int to) {
        var ids = new ArrayList<String>();
        for (int n = from; n <= to; n++) {
            ids.add(add(listed, n));
        }
        return ids;
    }

    private String add(Listed listed, int n) {
        return switch (listed) {
            case LOAD_BALANCERS -> used(estate.loadBalancer());
            case LISTENERS -> estate.listener(loadBalancer, 8000 + n, estate.poolOf(loadBalancer));
            case POOLS -> estate.pool(Map.of("loadbalancer_id", loadBalancer, "name", marked()));
            case MEMBERS, ALL_MEMBERS -> {
                estate.cloud().server(n);
                yield estate.member(pool, n);
            }
            case HEALTH_MONITORS -> {
                var monitor = estate.monitor(estate.poolOf(loadBalancer));
                estate.change("/healthmonitors/" + monitor, "healthmonitor", Map.of("name", marked()))
                        .expect(200);
                yield monitor;
            }
            case VPCS -> named(Cloud.create(api).vpcId());
            case SUBNETS -> subnet(n);
            case SERVERS -> estate.cloud().server(n);
        };
    }

    private String named(String vpcId) {
        var path = api.inventory("/vpcs/" + vpcId);
        var cidr = api.get(path).expect(200).findValue("cidr").asString();
        api.put(path, Map.of("name", marked(), "cidr", cidr)).expect(200);
        return vpcId;
    }

    private String subnet(int n) {
        var octets = estate.cloud().vip(0).split("\\.", 4);
        int third = Integer.parseInt(octets[2]) + 7;
        var id = "subnet-%s-%d".formatted(estate.cloud().vpcId(), n);
        var cidr = "%s.%s.%d.%d/28".formatted(octets[0], octets[1], third, n * 16);
        var body = Map.of("name", marked(), "vpc_id", estate.cloud().vpcId(), "cidr", cidr);
        assertThat(api.put(api.inventory("/subnets/" + id), body).status()).isLessThan(300);
        return id;
    }

    /** With a listener and a pool, so that its row has everything to be filled with. */
    private String used(String id) {
        estate.listener(id, 8000, estate.poolOf(id));
        estate.change("/loadbalancers/" + id, "loadbalancer", Map.of("name", marked()))
                .expect(200);
        return id;
    }

    private String marked() {
        return "row-of-" + estate.cloud().vpcId();
    }

    private String path(Listed listed) {
        return switch (listed) {
            case LOAD_BALANCERS -> api.elb("/loadbalancers?name=" + marked());
            case LISTENERS -> api.elb("/listeners?loadbalancer_id=" + loadBalancer);
            case POOLS -> api.elb("/pools?name=" + marked());
            case MEMBERS -> api.elb("/pools/" + pool + "/members?weight=1");
            case ALL_MEMBERS -> api.elb("/members?pool_id=" + pool);
            case HEALTH_MONITORS -> api.elb("/healthmonitors?name=" + marked());
            case VPCS -> api.inventory("/vpcs?name=" + marked());
            case SUBNETS -> api.inventory("/subnets?name=" + marked());
            case SERVERS -> api.inventory("/servers?vpc_id=" + estate.cloud().vpcId());
        };
    }

    @ParameterizedTest
    @EnumSource(Listed.class)
    void pagesToTheEndAndBack(Listed listed) {
        var added = add(listed, 1, 5);
        var made = ids(api.get(path(listed)).expect(200));
        assertThat(made).containsExactlyInAnyOrderElementsOf(added);

        var forth = new ArrayList<List<String>>();
        var page = page(listed, "");
        forth.add(ids(page));
        while (page.at("/page_info/next_marker").isString()) {
            page = page(listed, "&marker=" + page.at("/page_info/next_marker").asString());
            forth.add(ids(page));
        }
        assertThat(forth).containsExactly(made.subList(0, 2), made.subList(2, 4), made.subList(4, 5));
        assertThat(page.path("page_info").has("next_marker")).isFalse();
        assertThat(page.at("/page_info/current_count").asInt()).isEqualTo(1);

        var back = page(
                listed,
                "&page_reverse=true&marker="
                        + page.at("/page_info/previous_marker").asString());
        assertThat(ids(back)).isEqualTo(forth.get(1));
        assertThat(back.at("/page_info/next_marker").asString()).isEqualTo(made.get(3));
        var first = page(
                listed,
                "&page_reverse=true&marker="
                        + back.at("/page_info/previous_marker").asString());
        assertThat(ids(first)).isEqualTo(forth.get(0));
        var before = page(
                listed,
                "&page_reverse=true&marker="
                        + first.at("/page_info/previous_marker").asString());
        assertThat(ids(before)).isEmpty();
        assertThat(before.path("page_info").toString()).isEqualTo("{\"current_count\":0}");
    }

    private JsonNode page(Listed listed, String more) {
        return api.get(path(listed) + "&limit=2" + more).expect(200);
    }

    private static List<String> ids(JsonNode page) {
        return Estate.rows(page).stream().map(row -> row.path("id").asString()).toList();
    }

    @ParameterizedTest
    @EnumSource(Listed.class)
    void refusesMarkersThatAreNoneOfItsRows(Listed listed) {
        var row = add(listed, 1);
        for (var marker : List.of("", UUID.randomUUID().toString(), "x", row + "x")) {
            var answer = api.get(path(listed) + "&marker=" + marker);
            assertThat(answer.status()).as(marker).isEqualTo(400);
            assertThat(answer.body().path("error_code").asString()).isEqualTo("ELB.8902");
            assertThat(answer.body().path("error_msg").asString()).contains("'marker'");
        }
        for (var limit : List.of("-1", "2001", "x", "")) {
            var answer = api.get(path(listed) + "&limit=" + limit);
            assertThat(answer.status()).as(limit).isEqualTo(400);
            assertThat(answer.body().path("error_msg").asString()).contains("'limit'");
        }
    }

    @ParameterizedTest
    @EnumSource(Listed.class)
    void makesAsManyStatementsForOneRowAsForTwelve(Listed listed) {
        add(listed, 1);
        int few = statements(listed, 1);
        add(listed, 2, 12);

        assertThat(statements(listed, 12)).isEqualTo(few).isBetween(1, 9);
    }

    private int statements(Listed listed, int expected) {
        return Statements.during(
                () -> assertThat(ids(api.get(path(listed)).expect(200))).hasSize(expected));
    }
}
