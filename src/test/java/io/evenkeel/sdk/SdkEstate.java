package io.evenkeel.sdk;

import com.huaweicloud.sdk.core.HttpListener;
import io.evenkeel.identity.Role;
import io.evenkeel.identity.accesskey.AccessKeyService;
import io.evenkeel.identity.project.ProjectService;
import io.evenkeel.identity.token.TokenService;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.Pki;
import io.evenkeel.testing.Pki.Wish;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.test.context.TestComponent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Some of everything in a project of its own, made by the vendor's SDK from {@code sdk-estate.txt}. */
final class SdkEstate {

    private static final Path CALLS = Path.of("src", "test", "resources", "sdk-estate.txt");

    private final Map<String, String> values = new HashMap<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private final Sdk sdk;

    /** A call that succeeded. */
    record Call(String name, String operation, JsonNode request, JsonNode answer) {

        /** What was sent inside the body's wrapper. */
        Map.Entry<String, JsonNode> sent() {
            return request.path("body").properties().iterator().next();
        }

        /** What came back under the same name. */
        JsonNode got() {
            return answer.path(sent().getKey());
        }
    }

    /** Makes projects and who may call them. */
    @TestComponent
    record Tenants(ProjectService projects, TokenService tokens, AccessKeyService keys) {}

    private SdkEstate(Sdk sdk) {
        this.sdk = sdk;
    }

    static Sdk.Account account(Tenants tenants) {
        var project = "sdk-" + UUID.randomUUID();
        tenants.projects().ensure(project, project);
        var key = tenants.keys().create(project, Role.ADMIN, "the SDK's estate");
        return new Sdk.Account(project, key.key().accessKey(), key.secret().value());
    }

    static SdkEstate create(Api instance, Tenants tenants, Sdk.Account account, HttpListener... listeners) {
        var estate = new SdkEstate(new Sdk(instance.root(), account, listeners));
        var project = account.projectId();
        var token = tenants.tokens().issue(project, Role.ADMIN, "inventory", Duration.ofHours(1));
        estate.know(project, instance.as(project, token.text().value()));
        try {
            Files.readAllLines(CALLS).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(estate::run);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!estate.refusals.isEmpty()) {
            throw new AssertionError(String.join("\n", estate.refusals));
        }
        return estate;
    }

    private void know(String project, Api api) {
        var cloud = Cloud.create(api);
        values.put("project", project);
        values.put("vpc", cloud.vpcId());
        values.put("vips", cloud.vipSubnetId());
        values.put("servers", cloud.serverSubnetId());
        values.put("vip77", cloud.vip(77));
        values.put("vip78", cloud.vip(78));
        for (int server = 1; server <= 3; server++) {
            values.put("server" + server, cloud.server(server));
            values.put("address" + server, cloud.address(server));
        }
        knowSix(api, cloud.vpcId().replaceAll("\\D+", ""));
        var first = Pki.selfSigned(Wish.of("one.example").names("one.example"));
        var second =
                Pki.selfSigned(Wish.of("two.example").keys(Pki.rsa(2048, 1)).authority());
        values.put("pem1", first.pem());
        values.put("key1", first.key());
        values.put("pem2", second.pem());
        values.put("key2", second.key());
        sdk.call("ListFlavors", Map.of())
                .path("flavors")
                .forEach(flavor -> values.putIfAbsent(
                        flavor.path("type").asString().toLowerCase(Locale.ROOT),
                        flavor.path("id").asString()));
    }

    private void knowSix(Api api, String number) {
        var prefix = "fd07:" + Integer.toHexString(Integer.parseInt(number.substring(2)));
        var six = "six-" + number;
        api.put(api.inventory("/vpcs/" + six), Map.of("name", "six", "cidr", prefix + "::/32"))
                .expect(201);
        api.put(api.inventory("/subnets/" + six), Map.of("name", "six", "vpc_id", six, "cidr", prefix + ":1::/64"))
                .expect(201);
        values.put("six", six);
        values.put("sixvip", prefix + ":1::7");
        values.put("sixvip2", prefix + ":1::8");
    }

    private void run(String line) {
        var parts = line.split(" ", 3);
        try {
            var request = request(parts[2]);
            var answer = sdk.call(parts[1], request);
            var call = new Call(parts[0], parts[1], request, answer);
            calls.add(call);
            values.put(parts[0], call.got().path("id").asString());
        } catch (RuntimeException | AssertionError e) {
            refusals.add(line + "\n  " + e);
        }
    }

    /** With the values in the place of {@code $names}. */
    private JsonNode filled(JsonNode node) {
        switch (node) {
            case ObjectNode object ->
                List.copyOf(object.properties()).forEach(field -> object.set(field.getKey(), filled(field.getValue())));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, filled(array.get(i)));
                }
            }
            default -> {
                return node.isString() && node.asString().startsWith("$")
                        ? Sdk.JSON
                                .getNodeFactory()
                                .stringNode(value(node.asString().substring(1)))
                        : node;
            }
        }
        return node;
    }

    /** The request that a line's text stands for. */
    JsonNode request(String text) {
        return filled(Sdk.JSON.readTree(text));
    }

    Sdk sdk() {
        return sdk;
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    String value(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new AssertionError("no $" + name);
        }
        return value;
    }
}
