package io.evenkeel.platform.openapi;

import io.evenkeel.platform.openapi.schema.Reach;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Set;

/**
 * What every write takes and answers beside its own: a dry run, an idempotency key, a precondition, warnings, the plan
 * of a dry run; and the headers of all answers. They are served by the door of {@code io.evenkeel.writes}, for all
 * operations alike, and so described here for all alike.
 */
final class WriteParts {

    private static final Set<HttpMethod> OF_ONE = Set.of(HttpMethod.PUT, HttpMethod.DELETE);

    private WriteParts() {}

    static boolean takesKey(String path) {
        return !path.startsWith("/identity/");
    }

    static boolean takesPrecondition(String path, HttpMethod method) {
        return OF_ONE.contains(method) && path.endsWith("_id}");
    }

    static void describe(OpenAPI document) {
        parameters(document.getComponents());
        headers(document.getComponents());
        PlanSchemas.addTo(document.getComponents());
        document.getPaths()
                .forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                    if (method != HttpMethod.GET) {
                        write(document, path, method, operation);
                    }
                    describeHeaders(path, method, operation);
                }));
    }

    private static void write(OpenAPI document, String path, HttpMethod method, Operation operation) {
        operation.addParametersItem(parameter("DryRun"));
        operation.addParametersItem(parameter("Wait"));
        if (takesKey(path)) {
            operation.addParametersItem(parameter("IdempotencyKey"));
        }
        if (takesPrecondition(path, method)) {
            operation.addParametersItem(parameter("IfMatch"));
        }
        var success = success(operation);
        success.addHeaderObject("X-Elb-Generation", Answers.header("ElbGeneration"));
        success.addHeaderObject("X-Elb-Generation-Of", Answers.header("ElbGenerationOf"));
        success.addHeaderObject("X-Elb-Serving", Answers.header("ElbServing"));
        if (success.getContent() == null) {
            success.addHeaderObject("X-Elb-Warnings", Answers.header("ElbWarnings"));
            operation.getResponses().addApiResponse("200", dryRun());
        } else {
            success.getContent()
                    .values()
                    .forEach(media -> PlanSchemas.extend(Reach.resolve(document, media.getSchema())));
        }
        if (takesKey(path)) {
            success.addHeaderObject("Idempotency-Replayed", Answers.header("IdempotencyReplayed"));
        }
    }

    private static void describeHeaders(String path, HttpMethod method, Operation operation) {
        boolean isOfOne = (path.endsWith("_id}") && method != HttpMethod.DELETE) || method == HttpMethod.POST;
        operation.getResponses().forEach((status, response) -> {
            if (Answers.isSuccess(status)) {
                response.addHeaderObject("X-Request-Id", Answers.header("RequestId"));
                if (isOfOne && response.getContent() != null) {
                    response.addHeaderObject("ETag", Answers.header("ETag"));
                }
            }
        });
    }

    private static ApiResponse success(Operation operation) {
        return operation.getResponses().entrySet().stream()
                .filter(entry -> Answers.isSuccess(entry.getKey()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(operation.getOperationId() + " has no success"))
                .getValue();
    }

    private static ApiResponse dryRun() {
        return Answers.of(
                "The answer of a dry run: nothing was changed",
                new Schema<>().$ref("#/components/schemas/DryRunAnswer"));
    }

    private static Parameter parameter(String name) {
        return new Parameter().$ref("#/components/parameters/" + name);
    }

    private static void parameters(Components components) {
        var key = shaped("^[\\x21-\\x7e]{1,255}$");
        components
                .addParameters(
                        "DryRun",
                        new Parameter()
                                .in("query")
                                .name("dry_run")
                                .description("True: check everything, change nothing, and answer what the write would, "
                                        + "with its `plan`")
                                .schema(defaulted("boolean", false)))
                .addParameters(
                        "Wait",
                        new Parameter()
                                .in("query")
                                .name("wait")
                                .description("How long to wait, 1s..60s, until every live worker serves what the write "
                                        + "changed; what is missing then is told in warnings and is no error")
                                .schema(shaped("^[1-9][0-9]?s$")))
                .addParameters(
                        "IdempotencyKey",
                        header("Idempotency-Key", key)
                                .description("Chosen by the client: the same request under the same key is done once, "
                                        + "and answered alike for 24 hours. Ignored in a dry run, which does nothing"))
                .addParameters(
                        "IfMatch",
                        header("If-Match", Answers.typed("string"))
                                .description("The `ETag` of the resource as the client has read it; when it has "
                                        + "changed since, nothing is done and 412 answered"));
    }

    private static Schema<?> shaped(String pattern) {
        var schema = Answers.typed("string");
        schema.setPattern(pattern);
        return schema;
    }

    private static Schema<?> defaulted(String type, Object value) {
        var schema = Answers.typed(type);
        schema.setDefault(value);
        return schema;
    }

    private static Parameter header(String name, Schema<?> schema) {
        return new Parameter().in("header").name(name).schema(schema);
    }

    private static void headers(Components components) {
        components
                .addHeaders("RequestId", header("Names this call in logs and in the audit", "string"))
                .addHeaders("ETag", header("A hash of the resource as answered, for `If-Match`", "string"))
                .addHeaders("IdempotencyReplayed", header("`true` where a stored answer was given again", "string"))
                .addHeaders(
                        "ElbGeneration",
                        header(
                                "The generation that the write gave to its load balancer or pool; where it changed "
                                        + "several others, theirs by commas, 16 at most",
                                "string"))
                .addHeaders(
                        "ElbGenerationOf",
                        header("Whose generations these are, in the same order, such as `pools/{id}`", "string"))
                .addHeaders(
                        "ElbServing",
                        header("With `wait`: whether every live worker was seen to serve them in time", "boolean"))
                .addHeaders("ElbWarnings", header("The warnings of a write without a body, as JSON", "string"))
                .addHeaders("RetryAfter", header("Seconds to wait before the next attempt", "integer"));
    }

    private static Header header(String description, String type) {
        return new Header().description(description).schema(Answers.typed(type));
    }
}
