package io.evenkeel.identity.sealing;

import io.evenkeel.identity.Sealing;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SealingConfiguration {

    @Bean
    SealingKeys sealingKeys(SealingKeyService service) {
        return service.load();
    }

    @Bean
    Sealing sealing(SealingKeys keys) {
        return new AesGcmSealing(keys);
    }
}
