package io.evenkeel.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import com.huaweicloud.sdk.elb.v3.model.CreateLoadBalancerOption;
import io.evenkeel.sdk.SdkEstate.Call;
import io.evenkeel.sdk.SdkEstate.Tenants;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.ConfigurationDigest;
import io.evenkeel.testing.EvenkeelTest;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Every attribute that the SDK's options to create and to update have comes back as it was sent, or is refused. */
@EvenkeelTest
@Import(Tenants.class)
class SdkOptionTests {

    private static final Path UNSENT = Path.of("src", "test", "resources", "unsent-sdk-attributes.txt");

    /** Attributes that come back as a list of references. */
    private static final Map<String, String> REFERENCES =
            Map.of("loadbalancer_id", "loadbalancers", "listener_id", "listeners", "pool_id", "pools");

    /** Private keys are not told again, public addresses in another form; some the SDK's answers have no place for. */
    private static final Set<String> UNANSWERED = Set.of(
            "CreateCertificate.private_key",
            "CreateCertificate.enterprise_project_id",
            "UpdateCertificate.private_key",
            "CreateLoadBalancer.publicip_ids",
            "CreateLoadBalancer.publicip",
            "CreateL7Policy.redirect_url",
            "CreateL7Rule.key",
            "UpdateL7Rule.key",
            "CreateSecurityPolicy.enterprise_project_id");

    private static final Path REFUSED = Path.of("src", "test", "resources", "sdk-refused.txt");

    private final SdkEstate estate;
    private final List<Call> calls;
    private final List<Refused> refused;
    private final ConfigurationDigest configuration;

    /** A call that must fail. */
    private record Refused(String operation, String attribute, JsonNode request) {}

    @Autowired
    SdkOptionTests(Api api, Tenants tenants, JdbcClient jdbc) throws IOException {
        estate = SdkEstate.create(api, tenants, SdkEstate.account(tenants));
        calls = estate.calls();
        refused = lines(REFUSED).stream()
                .map(line -> line.split(" ", 3))
                .map(parts -> new Refused(parts[0], parts[1], estate.request(parts[2])))
                .toList();
        configuration = new ConfigurationDigest(jdbc);
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    @Test
    void whatHasNoMeaningHereIsRefusedByName() {
        var before = configuration.now();
        for (var call : refused) {
            assertThatThrownBy(() -> estate.sdk().call(call.operation(), call.request()))
                    .as(call.operation())
                    .isInstanceOfSatisfying(ServiceResponseException.class, refusal -> {
                        assertThat(refusal.getHttpStatusCode()).isEqualTo(400);
                        assertThat(refusal.getErrorMsg()).contains(call.attribute());
                    });
        }
        assertThat(configuration.now()).isEqualTo(before);
    }

    @Test
    void everyAttributeComesBackAsItWasSent() {
        var softly = new SoftAssertions();
        for (var call : calls) {
            call.sent().getValue().properties().forEach(attribute -> {
                var name = attribute.getKey();
                var text = call.name() + " " + call.operation() + "." + name + " of " + call.got();
                if (UNANSWERED.contains(call.operation() + "." + name)) {
                    softly.assertThat(call.got().has(name)).as(text).isFalse();
                } else {
                    softly.assertThat(isAnswered(call.got(), name, attribute.getValue()))
                            .as(text + " is " + attribute.getValue())
                            .isTrue();
                }
            });
        }
        softly.assertAll();
    }

    private static boolean isAnswered(JsonNode got, String name, JsonNode sent) {
        if (name.equals("rules")) {
            return got.path(name).size() == sent.size();
        }
        if (got.has(name)) {
            return holds(got.path(name), sent);
        }
        var references = REFERENCES.get(name);
        return references != null
                && got.path(references).findValuesAsString("id").contains(sent.asString());
    }

    /** All that was sent, and whatever else; numbers may have been sent as text. */
    private static boolean holds(JsonNode got, JsonNode sent) {
        if (sent.isObject()) {
            return sent.properties().stream().allMatch(field -> holds(got.path(field.getKey()), field.getValue()));
        }
        if (sent.isArray()) {
            return got.size() == sent.size()
                    && Stream.iterate(0, i -> i < sent.size(), i -> i + 1)
                            .allMatch(i -> holds(got.get(i), sent.get(i)));
        }
        return !got.isContainer() && !got.isMissingNode() && got.asString().equals(sent.asString());
    }

    @Test
    void everyAttributeIsSentOrAKnownGap() throws IOException {
        var attributes = new TreeSet<String>();
        var sent = new TreeSet<String>();
        for (var call : calls) {
            var body = property(Sdk.operation(call.operation()).getRequestType(), "body");
            var wrapped = property((Class<?>) body.getGenericType(), call.sent().getKey());
            collect(call.operation(), wrapped.getGenericType(), attributes);
            collect(call.operation(), call.sent().getValue(), sent);
        }
        refused.forEach(call ->
                call.request().path("body").valueStream().forEach(body -> collect(call.operation(), body, sent)));
        assertThat(attributes)
                .as("what the SDK can say")
                .hasSizeGreaterThan(200)
                .containsAll(sent);
        attributes.removeAll(sent);

        assertThat(attributes)
                .as("attributes that no call sends; the list may only shrink")
                .containsExactlyElementsOf(lines(UNSENT));
    }

    private static void collect(String path, JsonNode node, Set<String> paths) {
        if (node.isArray()) {
            node.forEach(element -> collect(path, element, paths));
        } else if (node.isObject()) {
            node.properties().forEach(field -> collect(path + "." + field.getKey(), field.getValue(), paths));
        } else {
            paths.add(path);
        }
    }

    private static void collect(String path, Type type, Set<String> paths) {
        var element = type instanceof ParameterizedType list ? list.getActualTypeArguments()[0] : type;
        if (element instanceof Class<?> model
                && model.getPackage().equals(CreateLoadBalancerOption.class.getPackage())
                && !isEnum(model)) {
            properties(model)
                    .forEach(field -> collect(
                            path + "." + field.getAnnotation(JsonProperty.class).value(),
                            field.getGenericType(),
                            paths));
        } else {
            paths.add(path);
        }
    }

    /** The SDK's enumerations are nested classes. */
    private static boolean isEnum(Class<?> model) {
        return model.getEnclosingClass() != null;
    }

    private static Stream<Field> properties(Class<?> model) {
        return Arrays.stream(model.getDeclaredFields()).filter(field -> field.isAnnotationPresent(JsonProperty.class));
    }

    private static Field property(Class<?> model, String name) {
        return properties(model)
                .filter(field -> field.getAnnotation(JsonProperty.class).value().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
