package io.evenkeel.platform.openapi;

import io.evenkeel.platform.error.ErrorCode;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;

/**
 * Which errors an operation may answer. Nearly all follow from what the operation is: it has ids, a body, it writes; so
 * a new operation needs nothing. A code that only some operations answer has its row in {@link #RARE}; one that is new
 * and has none is said of every operation with a body.
 */
final class ErrorAnswers {

    private static final String EXTENSION = "x-error-codes";

    private static final Set<ErrorCode> ALWAYS =
            EnumSet.of(ErrorCode.INVALID_INPUT, ErrorCode.NOT_ACCEPTABLE, ErrorCode.UNAVAILABLE, ErrorCode.INTERNAL);
    private static final Set<ErrorCode> OF_CALLERS = EnumSet.of(ErrorCode.UNAUTHENTICATED, ErrorCode.FORBIDDEN);
    private static final Set<ErrorCode> OF_BODIES = EnumSet.of(
            ErrorCode.UNRECOGNIZED_ATTRIBUTES,
            ErrorCode.UNREADABLE_BODY,
            ErrorCode.BODY_MISSING,
            ErrorCode.REQUIRED,
            ErrorCode.UNSUPPORTED_MEDIA_TYPE,
            ErrorCode.NOT_FOUND,
            ErrorCode.MISMATCH);
    private static final Set<ErrorCode> OF_WRITES =
            EnumSet.of(ErrorCode.UNRECOGNIZED_ATTRIBUTES, ErrorCode.BODY_TOO_LARGE, ErrorCode.CONFLICT);
    /** Not of an operation: there is none. */
    private static final Set<ErrorCode> OF_NO_OPERATION =
            EnumSet.of(ErrorCode.NO_SUCH_API, ErrorCode.METHOD_NOT_ALLOWED);

    private static final Map<ErrorCode, Pattern> RARE = Map.of(
            ErrorCode.IP_TARGETS_DISABLED, Pattern.compile(".*Members?|CreateMasterSlavePool"),
            ErrorCode.IPV6_NOT_SUPPORTED, Pattern.compile(".*Members?|CreateMasterSlavePool"),
            ErrorCode.SUBNET_FULL, Pattern.compile("(Create|BatchCreate|Update|Clone)Load[Bb]alancers?"));

    /** Of the one reading operation that does not end. */
    private static final Set<ErrorCode> OF_STREAMS = EnumSet.of(ErrorCode.TOO_MANY_STREAMS, ErrorCode.NO_MORE_STREAMS);

    private ErrorAnswers() {}

    static void describe(OpenAPI document) {
        document.getComponents().addSchemas("Error", schema());
        statuses(EnumSet.complementOf(EnumSet.of(ErrorCode.METHOD_NOT_ALLOWED)))
                .forEach(status -> document.getComponents().addResponses(nameOf(status), response(status)));
        document.addExtension(EXTENSION, catalogue());
        document.getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((method, operation) -> describe(operation, codes(path, method, operation))));
    }

    private static void describe(Operation operation, Set<ErrorCode> codes) {
        operation.getResponses().remove("default");
        operation.getResponses().remove("500");
        statuses(codes)
                .forEach(status -> operation
                        .getResponses()
                        .addApiResponse(
                                Integer.toString(status.value()),
                                new ApiResponse().$ref("#/components/responses/" + nameOf(status))));
        operation.addExtension(EXTENSION, codes.stream().map(Enum::name).toList());
    }

    private static Set<ErrorCode> codes(String path, HttpMethod method, Operation operation) {
        var codes = EnumSet.copyOf(ALWAYS);
        boolean isWrite = method != HttpMethod.GET;
        boolean hasBody = operation.getRequestBody() != null;
        if (operation.getSecurity() == null) {
            codes.addAll(OF_CALLERS);
        }
        if (path.contains("{")) {
            codes.add(ErrorCode.NOT_FOUND);
        }
        if (operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(parameter -> "query".equals(parameter.getIn()))) {
            codes.add(ErrorCode.UNRECOGNIZED_ATTRIBUTES);
        }
        if (hasBody) {
            codes.addAll(OF_BODIES);
        }
        if (isStream(operation)) {
            codes.addAll(OF_STREAMS);
        }
        if (isWrite) {
            codes.addAll(OF_WRITES);
            if (WriteParts.takesKey(path)) {
                codes.add(ErrorCode.IDEMPOTENCY_KEY_REUSED);
            }
            if (WriteParts.takesPrecondition(path, method)) {
                codes.add(ErrorCode.PRECONDITION_FAILED);
            }
        }
        Arrays.stream(ErrorCode.values())
                .filter(code -> isSpecial(code)
                        && (RARE.containsKey(code)
                                ? isWrite
                                        && RARE.get(code)
                                                .matcher(operation.getOperationId())
                                                .matches()
                                : hasBody && isWrite))
                .forEach(codes::add);
        return codes;
    }

    private static boolean isStream(Operation operation) {
        var success = operation.getResponses().get("200");
        return success != null
                && success.getContent() != null
                && success.getContent().containsKey("text/event-stream");
    }

    private static boolean isSpecial(ErrorCode code) {
        return !ALWAYS.contains(code)
                && !OF_CALLERS.contains(code)
                && !OF_BODIES.contains(code)
                && !OF_WRITES.contains(code)
                && !OF_NO_OPERATION.contains(code)
                && !OF_STREAMS.contains(code)
                && code != ErrorCode.IDEMPOTENCY_KEY_REUSED
                && code != ErrorCode.PRECONDITION_FAILED;
    }

    private static List<HttpStatus> statuses(Set<ErrorCode> codes) {
        return codes.stream().map(ErrorCode::status).distinct().sorted().toList();
    }

    private static String nameOf(HttpStatus status) {
        return Arrays.stream(status.getReasonPhrase().split("[ -]")).collect(Collectors.joining());
    }

    private static ApiResponse response(HttpStatus status) {
        var first = Arrays.stream(ErrorCode.values())
                .filter(code -> code.status() == status)
                .findFirst()
                .orElseThrow();
        var response = Answers.of(
                "Refused: " + status.getReasonPhrase() + ". `error_code` and `error_msg` say why.",
                new Schema<>().$ref("#/components/schemas/Error"));
        response.getContent().values().forEach(media -> media.setExample(example(first)));
        if (status == HttpStatus.SERVICE_UNAVAILABLE || status == HttpStatus.TOO_MANY_REQUESTS) {
            response.addHeaderObject("Retry-After", Answers.header("RetryAfter"));
        }
        return response;
    }

    private static Map<String, String> example(ErrorCode code) {
        var arguments = new Object[] {"listener.protocol_port", "must be 1..65535"};
        var example = new LinkedHashMap<String, String>();
        example.put("error_code", code.vendorCode());
        example.put(
                "error_msg",
                code == ErrorCode.INVALID_INPUT
                        ? code.message(arguments)
                        : code.template().replace("%s", "…"));
        example.put("request_id", Answers.REQUEST_ID);
        return example;
    }

    private static Map<String, Object> catalogue() {
        var catalogue = new LinkedHashMap<String, Object>();
        for (var code : ErrorCode.values()) {
            var row = new LinkedHashMap<String, Object>();
            row.put("error_code", code.vendorCode());
            row.put("status", code.status().value());
            row.put("error_msg", code.template());
            catalogue.put(code.name(), row);
        }
        return catalogue;
    }

    private static Schema<?> schema() {
        var schema = Answers.object();
        schema.addProperty("error_code", Answers.text("The kind of error; `x-error-codes` lists all of them"));
        schema.addProperty("error_msg", Answers.text("A sentence that names what was refused, and the rule"));
        schema.addProperty("request_id", Answers.text("The same as in the header `X-Request-Id`"));
        schema.setRequired(List.of("error_code", "error_msg", "request_id"));
        return schema;
    }
}
