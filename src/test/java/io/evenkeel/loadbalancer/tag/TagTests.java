package io.evenkeel.loadbalancer.tag;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tag operations of load balancers and listeners, whose paths have no {@code /elb}. */
@EvenkeelTest
class TagTests {

    @Autowired
    Api api;

    @Autowired
    JdbcClient jdbc;

    private Estate estate;
    private String loadBalancer;
    private String listener;

    @BeforeEach
    void makeBoth() {
        estate = Estate.create(api);
        loadBalancer = "loadbalancers/" + estate.loadBalancer();
        listener = "listeners/" + estate.listener(loadBalancer.substring(14), "TCP", 80, Map.of());
    }

    private String path(String resource) {
        return "/v3/" + api.projectId() + "/" + resource;
    }

    private Api.Answer change(String resource, String action, String... keysAndValues) {
        var tags = new ArrayList<Map<String, String>>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            tags.add(Map.of("key", keysAndValues[i], "value", keysAndValues[i + 1]));
        }
        return api.post(path(resource) + "/tags/action", Map.of("action", action, "tags", tags));
    }

    private List<String> tags(String resource) {
        return api.get(path(resource) + "/tags")
                .expect(200)
                .get("tags")
                .valueStream()
                .map(tag -> tag.get("key").asString() + "=" + tag.get("value").asString())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"loadbalancers, loadbalancer", "listeners, listener"})
    void areAddedChangedAndRemoved(String collection, String kind) {
        var resource = collection.equals("listeners") ? listener : loadBalancer;

        assertThat(change(resource, "create", "team", "web", "stage", "").raw().statusCode())
                .isEqualTo(204);
        assertThat(tags(resource)).containsExactly("team=web", "stage=");
        change(resource, "create", "team", "api", "long", "v".repeat(255)).expect(204);
        assertThat(tags(resource)).containsExactly("team=api", "stage=", "long=" + "v".repeat(255));
        assertThat(api.get(api.elb("/" + resource)).expect(200).get(kind).get("tags"))
                .hasSize(3);

        change(resource, "delete", "team", "web", "nothing", "x").expect(204);
        assertThat(tags(resource)).hasSize(3);
        change(resource, "delete", "team", "api", "long", "").expect(204);
        assertThat(tags(resource)).containsExactly("stage=");
    }

    @Test
    void outliveAPutThatDoesNotKnowThem() {
        for (var resource : List.of(loadBalancer, listener)) {
            change(resource, "create", "k", "v").expect(204);
            var kind = resource.substring(0, resource.indexOf("s/"));
            api.put(api.elb("/" + resource), Map.of(kind, Map.of("name", "renamed")))
                    .expect(200);
            assertThat(tags(resource)).containsExactly("k=v");
        }
    }

    @ParameterizedTest
    @CsvSource({"loadbalancers", "listeners"})
    void areListedByKeyOverAllResources(String collection) {
        var key = "k-" + UUID.randomUUID().toString().substring(0, 8);
        var other = collection.equals("listeners")
                ? "listeners/" + estate.listener(loadBalancer.substring(14), "TCP", 81, Map.of())
                : "loadbalancers/" + estate.loadBalancer();
        var resource = collection.equals("listeners") ? listener : loadBalancer;
        change(resource, "create", key, "b").expect(204);
        change(other, "create", key, "a").expect(204);

        var listed = api.get(path(collection) + "/tags")
                .expect(200)
                .get("tags")
                .valueStream()
                .filter(tag -> tag.get("key").asString().equals(key))
                .toList();

        assertThat(listed).hasSize(1);
        assertThat(listed.getFirst().get("values").valueStream().map(value -> value.asString()))
                .containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            action        | {"tags": [{"key": "a", "value": "b"}]}
            action        | {"action": "update", "tags": [{"key": "a", "value": "b"}]}
            tags          | {"action": "create"}
            tags          | {"action": "create", "tags": []}
            tags[0].key   | {"action": "create", "tags": [{"value": "b"}]}
            tags[0].key   | {"action": "create", "tags": [{"key": "", "value": "b"}]}
            tags[0].key   | {"action": "create", "tags": [{"key": "a=b", "value": "b"}]}
            tags[0].key   | {"action": "create", "tags": [{"key": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "value": "b"}]}
            tags[0].value | {"action": "create", "tags": [{"key": "a"}]}
            tags[0].value | {"action": "create", "tags": [{"key": "a", "value": "b/c"}]}
            """)
    void refusesWhatIsWrongByItsName(String named, String body) {
        for (var resource : List.of(loadBalancer, listener)) {
            var answer = api.post(path(resource) + "/tags/action", body);

            assertThat(answer.status()).as(answer.raw().body()).isEqualTo(400);
            assertThat(answer.body().get("error_msg").asString()).contains("'" + named + "'");
            assertThat(tags(resource)).isEmpty();
        }
    }

    @Test
    void areTwentyAtMost() {
        for (int n = 0; n < 20; n++) {
            change(listener, "create", "k" + n, "v").expect(204);
        }

        assertThat(change(listener, "create", "k20", "v").status()).isEqualTo(400);
        change(listener, "create", "k19", "w").expect(204);
        assertThat(tags(listener)).hasSize(20);
        var many = IntStream.range(0, 21)
                .mapToObj(n -> Map.of("key", "k" + n, "value", ""))
                .toList();
        assertThat(estate.postLoadBalancer(Map.of("tags", many)).status()).isEqualTo(400);
    }

    @Test
    void areNotLostWhenManyWriteAtOnce() {
        for (var resource : List.of(loadBalancer, listener)) {
            var race = new Race(jdbc);
            for (int n = 0; n < 16; n++) {
                var key = "k" + n;
                race.with(Race.call(() -> change(resource, "create", key, "v"), "204"));
            }
            var kind = resource.substring(0, resource.indexOf("s/"));
            for (int n = 0; n < 16; n++) {
                var name = "n" + n;
                race.with(Race.call(() -> api.put(api.elb("/" + resource), Map.of(kind, Map.of("name", name))), "200"));
            }
            race.run(1);

            assertThat(tags(resource)).hasSize(16);
        }
    }

    @Test
    void ofAnUnknownOrForeignResourceAreNotFound() {
        jdbc.sql("insert into project (id, name, created_at) values ('another-project', 'another', now())"
                        + " on conflict do nothing")
                .update();
        for (var resource : List.of(loadBalancer, listener)) {
            var foreign = "/v3/another-project/" + resource + "/tags";
            var body = "{\"action\": \"create\", \"tags\": [{\"key\": \"a\", \"value\": \"b\"}]}";

            assertThat(api.get(foreign).status()).isEqualTo(404);
            assertThat(api.post(foreign + "/action", body).status()).isEqualTo(404);
            assertThat(tags(resource)).isEmpty();
        }
    }
}
