package io.evenkeel.platform.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.models.GroupedOpenApi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Two documents: the vendor's API, and ours for inventory and identity. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String ERROR = "Error";
    private static final String TOKEN = "token";
    private static final String SIGNATURE = "signature";

    @Bean
    GroupedOpenApi elbApi(ListParameters lists) {
        return GroupedOpenApi.builder()
                .group("elb-v3")
                .pathsToMatch("/v3/**", "/versions")
                .addOperationCustomizer(lists)
                .addOpenApiCustomizer(titled("Evenkeel: elastic load balancing, ELB v3", "v3"))
                .build();
    }

    @Bean
    GroupedOpenApi inventoryApi(ListParameters lists) {
        return GroupedOpenApi.builder()
                .group("inventory-v1")
                .pathsToMatch("/inventory/**", "/identity/**")
                .addOperationCustomizer(lists)
                .addOpenApiCustomizer(titled("Evenkeel: inventory and identity", "v1"))
                .build();
    }

    @Bean
    ChangeModelConverter changeModelConverter() {
        return new ChangeModelConverter();
    }

    private static OpenApiCustomizer titled(String title, String version) {
        return document -> {
            document.setInfo(new Info().title(title).version(version));
            document.setServers(List.of(new Server().url("/").description("This installation")));
            secure(document);
            describeErrors(document);
        };
    }

    private static void secure(OpenAPI document) {
        document.getComponents()
                .addSecuritySchemes(
                        TOKEN,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.HEADER)
                                .name("X-Auth-Token"))
                .addSecuritySchemes(
                        SIGNATURE,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.HEADER)
                                .name("Authorization")
                                .description("SDK-HMAC-SHA256 Access=…, SignedHeaders=…, Signature=…"));
        document.setSecurity(
                List.of(new SecurityRequirement().addList(TOKEN), new SecurityRequirement().addList(SIGNATURE)));
    }

    private static void describeErrors(OpenAPI document) {
        document.getComponents().addSchemas(ERROR, errorSchema());
        var error = new ApiResponse()
                .description("The call is refused; the code and the message say why")
                .content(new Content()
                        .addMediaType(
                                "application/json",
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + ERROR))));
        document.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .forEach(operation -> {
                    operation.getResponses().remove("500");
                    operation.getResponses().addApiResponse("default", error);
                });
    }

    private static Schema<?> errorSchema() {
        var schema = new Schema<Object>();
        schema.setTypes(Set.of("object"));
        schema.addProperty("error_code", text("ELB.8902"));
        schema.addProperty("error_msg", text("Invalid input for 'listener.protocol_port': must be 1..65535."));
        schema.addProperty("request_id", text("8d6b1d4e0d7c4a5a9c3a7b0f1e2d3c4b"));
        schema.setRequired(List.of("error_code", "error_msg", "request_id"));
        return schema;
    }

    private static Schema<?> text(String example) {
        return new Schema<>().types(Set.of("string")).example(example);
    }
}
