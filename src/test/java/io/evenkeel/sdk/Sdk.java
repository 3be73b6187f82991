package io.evenkeel.sdk;

import com.huaweicloud.sdk.core.HttpListener;
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.http.HttpConfig;
import com.huaweicloud.sdk.core.http.HttpRequestDef;
import com.huaweicloud.sdk.core.utils.JsonUtils;
import com.huaweicloud.sdk.elb.v3.ElbClient;
import com.huaweicloud.sdk.elb.v3.ElbMeta;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The vendor's client by the names of its operations. A request is the tree of its request class, with the path's and
 * the query's parameters beside {@code body}; whatever the class does not know fails at once.
 */
final class Sdk {

    /** What has no meaning in a service of one's own; answered as the cloud answers an unknown path. */
    static final Set<String> OUT_OF_SCOPE = Set.of("UpgradeLoadbalancer", "ChangeLoadbalancerChargeMode");

    static final JsonMapper JSON = JsonMapper.builder().build();

    private final ElbClient client;

    /** Whose key the client signs with. */
    record Account(String projectId, String accessKey, String secretKey) {}

    Sdk(String root, Account account, HttpListener... listeners) {
        client = ElbClient.newBuilder()
                .withCredential(new BasicCredentials()
                        .withAk(account.accessKey())
                        .withSk(account.secretKey())
                        .withProjectId(account.projectId()))
                .withEndpoints(List.of(root))
                .withHttpConfig(HttpConfig.getDefaultHttpConfig().withHttpListeners(Arrays.asList(listeners)))
                .build();
    }

    /** Every operation that the SDK has, by its name. */
    static Map<String, HttpRequestDef<?, ?>> operations() {
        return Arrays.stream(ElbMeta.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .map(field -> {
                    try {
                        return (HttpRequestDef<?, ?>) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                })
                .collect(Collectors.toMap(HttpRequestDef::getName, def -> def, (a, b) -> b, TreeMap::new));
    }

    static HttpRequestDef<?, ?> operation(String name) {
        var found = operations().get(name);
        if (found == null) {
            throw new AssertionError("the SDK has no " + name);
        }
        return found;
    }

    /** Calls it; the answer as the SDK's classes hold it, absent what is null. Refusals are the SDK's exceptions. */
    JsonNode call(String operation, Object request) {
        var definition = operation(operation);
        var sent = JSON.writeValueAsString(request);
        var typed = JsonUtils.toObject(sent, definition.getRequestType());
        if (!JSON.readTree(JsonUtils.toJSON(typed)).equals(JSON.readTree(sent))) {
            throw new AssertionError(operation + " cannot say " + sent + ", only " + JsonUtils.toJSON(typed));
        }
        var method = operation.substring(0, 1).toLowerCase(Locale.ROOT) + operation.substring(1);
        try {
            var answer = ElbClient.class
                    .getMethod(method, definition.getRequestType())
                    .invoke(client, typed);
            return JSON.readTree(JsonUtils.toJSON(answer));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw new AssertionError(e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
