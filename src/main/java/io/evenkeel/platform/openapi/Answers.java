package io.evenkeel.platform.openapi;

import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Set;

/** Small pieces of which answers are described. */
final class Answers {

    static final String JSON = "application/json";
    static final String REQUEST_ID = "8d6b1d4e0d7c4a5a9c3a7b0f1e2d3c4b";

    private Answers() {}

    static ApiResponse of(String description, Schema<?> schema) {
        return new ApiResponse()
                .description(description)
                .content(new Content().addMediaType(JSON, new MediaType().schema(schema)))
                .addHeaderObject("X-Request-Id", header("RequestId"));
    }

    static Header header(String name) {
        return new Header().$ref("#/components/headers/" + name);
    }

    static Schema<?> object() {
        return typed("object");
    }

    static Schema<?> text(String description) {
        return typed("string").description(description);
    }

    static Schema<?> typed(String type) {
        return new Schema<>().types(Set.of(type));
    }

    static boolean isSuccess(String status) {
        return status.startsWith("2");
    }
}
