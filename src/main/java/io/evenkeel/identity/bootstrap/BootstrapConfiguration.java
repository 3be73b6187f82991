package io.evenkeel.identity.bootstrap;

import io.evenkeel.identity.BootstrapCredentials;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class BootstrapConfiguration {

    @Bean
    BootstrapCredentials bootstrapCredentials(BootstrapService service) {
        return service.bootstrap();
    }
}
