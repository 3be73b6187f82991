package io.evenkeel.writes;

import io.evenkeel.platform.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The ETag of a resource: a hash of its configuration as the API shows it. What is observed of it, and what belongs to
 * other resources that refer to it, is left out, so that neither a health check nor a sibling's change makes a client's
 * {@code If-Match} fail.
 */
@Component
class EntityTags {

    private static final Set<String> BESIDE_RESOURCE = Set.of("request_id", "warnings", "plan");
    private static final Set<String> NOT_CONFIGURED = Set.of(
            "evenkeel",
            "operating_status",
            "provisioning_status",
            "reason",
            "healthmonitor_id",
            "listeners",
            "loadbalancers",
            "members",
            "pools");
    private static final int BYTES = 16;

    private final JsonMapper json;

    EntityTags(JsonMapper json) {
        this.json = json;
    }

    /** The tag with its quotes, or empty when the answer does not hold exactly one resource. */
    Optional<String> of(Object answer) {
        JsonNode tree = json.valueToTree(answer);
        if (!(tree instanceof ObjectNode object)) {
            return Optional.empty();
        }
        var resources = object.properties().stream()
                .filter(property -> !BESIDE_RESOURCE.contains(property.getKey()))
                .toList();
        return resources.size() == 1 && resources.getFirst().getValue() instanceof ObjectNode resource
                ? Optional.of(tag(resource))
                : Optional.empty();
    }

    private static String tag(ObjectNode resource) {
        var configured = resource.deepCopy();
        configured.remove(NOT_CONFIGURED);
        if (configured.path("status").isArray()) {
            configured.remove("status");
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(configured.toString().getBytes(StandardCharsets.UTF_8));
            return '"' + HexFormat.of().formatHex(digest, 0, BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Refuses with 412 when none of the header's tags is that of the answer. A weak tag never matches (RFC 9110). */
    void require(String ifMatch, Object answer) {
        List<String> wanted =
                Arrays.stream(ifMatch.split(",")).map(String::strip).toList();
        var tag = of(answer);
        if (!wanted.contains("*") && tag.filter(wanted::contains).isEmpty()) {
            throw ErrorCode.PRECONDITION_FAILED.with(tag.orElse("unknown"));
        }
    }
}
