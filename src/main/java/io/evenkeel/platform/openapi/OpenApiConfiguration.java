package io.evenkeel.platform.openapi;

import io.evenkeel.platform.openapi.schema.Reach;
import io.evenkeel.platform.openapi.schema.RecordSchemas;
import io.evenkeel.platform.openapi.schema.SchemaNames;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Contact;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.models.GroupedOpenApi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Two documents: the vendor's API, and ours for inventory and identity. Features declare operations and records; what
 * all operations share is added here, so that it cannot be forgotten.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String TOKEN = "token";
    private static final String SIGNATURE = "signature";
    private static final String ABOUT = """
            Ids of other projects are answered like absent ones. Attributes and query names that an operation does not \
            know are refused. Every answer carries its request id. `x-error-codes` at the root lists every error with \
            its code, status and message; the same extension on an operation names those it may answer. `project_id` \
            stands in the path as clients of ELB v3 fill it in from their credentials.""";

    @Bean
    GroupedOpenApi elbApi(ListParameters lists, SchemaNames names) {
        return GroupedOpenApi.builder()
                .group("elb-v3")
                .pathsToMatch("/v3/**", "/versions")
                .addOperationCustomizer(lists)
                .addOpenApiCustomizer(completed("Evenkeel: elastic load balancing, ELB v3", "v3", names))
                .build();
    }

    @Bean
    GroupedOpenApi inventoryApi(ListParameters lists, SchemaNames names) {
        return GroupedOpenApi.builder()
                .group("inventory-v1")
                .pathsToMatch("/inventory/**", "/identity/**")
                .addOperationCustomizer(lists)
                .addOpenApiCustomizer(completed("Evenkeel: inventory and identity", "v1", names))
                .build();
    }

    private static OpenApiCustomizer completed(String title, String version, SchemaNames names) {
        var attributes = Attributes.load();
        return document -> {
            document.setInfo(new Info()
                    .title(title)
                    .version(version)
                    .description(ABOUT)
                    .contact(new Contact().name("The Evenkeel project")));
            document.setServers(List.of(new Server().url("/").description("This installation")));
            secure(document);
            Operations.describe(document);
            new RecordSchemas(names).complete(document);
            var sent = Reach.ofRequests(document);
            document.getComponents()
                    .getSchemas()
                    .forEach((schemaName, schema) ->
                            describe(attributes, schemaName, schema, sent.contains(schemaName)));
            WriteParts.describe(document);
            ErrorAnswers.describe(document);
            Examples.describe(document, attributes);
            sort(document);
        };
    }

    private static void describe(Attributes attributes, String schemaName, Schema<?> schema, boolean isSent) {
        if (schema.getProperties() == null) {
            return;
        }
        Map.copyOf(schema.getProperties()).forEach((name, property) -> {
            attributes.describe(schemaName, name, property);
            if (!isSent) {
                schema.addProperty(name, attributes.enumerated(schemaName, name, property));
            }
        });
    }

    private static void secure(OpenAPI document) {
        document.getComponents()
                .addSecuritySchemes(TOKEN, header("X-Auth-Token", "A token of `/identity/v1/tokens`"))
                .addSecuritySchemes(
                        SIGNATURE,
                        header(
                                "Authorization",
                                "`SDK-HMAC-SHA256 Access=…, SignedHeaders=…, Signature=…`, with `X-Sdk-Date`: the "
                                        + "request signed with an access key, as SDKs do"));
        document.setSecurity(
                List.of(new SecurityRequirement().addList(TOKEN), new SecurityRequirement().addList(SIGNATURE)));
    }

    private static SecurityScheme header(String name, String description) {
        return new SecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.HEADER)
                .name(name)
                .description(description);
    }

    /** The order in which classes are found must not show. */
    private static void sort(OpenAPI document) {
        var paths = new Paths();
        new TreeMap<>(document.getPaths()).forEach(paths::addPathItem);
        document.setPaths(paths);
        Reach.operations(document).forEach(operation -> {
            var responses = new ApiResponses();
            new TreeMap<>(operation.getResponses()).forEach(responses::addApiResponse);
            operation.setResponses(responses);
        });
        var used = new HashSet<>(Reach.ofRequests(document));
        used.addAll(Reach.ofAnswers(document));
        var schemas = new TreeMap<>(document.getComponents().getSchemas());
        schemas.keySet().retainAll(used);
        document.getComponents().setSchemas(schemas);
    }
}
