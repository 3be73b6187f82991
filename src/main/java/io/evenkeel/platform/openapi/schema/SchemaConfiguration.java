package io.evenkeel.platform.openapi.schema;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json31;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** How records become schemas. */
@Configuration(proxyBeanMethods = false)
class SchemaConfiguration {

    @Bean
    ChangeModelConverter changeModelConverter() {
        return new ChangeModelConverter();
    }

    @Bean
    SchemaNames schemaNames() {
        return new SchemaNames();
    }

    /** Names attributes as the service's own JSON does. Comes first, because the last one is asked first. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    ModelResolver modelResolver(SchemaNames names) {
        var mapper = Json31.mapper().copy();
        mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        return new ModelResolver(mapper, names).openapi31(true);
    }
}
