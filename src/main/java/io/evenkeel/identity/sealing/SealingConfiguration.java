package io.evenkeel.identity.sealing;

import io.evenkeel.identity.Sealing;
import io.evenkeel.platform.database.DatabaseTrouble;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SealingConfiguration {

    @Bean
    SealingKeys sealingKeys(SealingKeyService service) {
        try {
            return service.load();
        } catch (RuntimeException e) {
            // A worker has certificates to serve while the database is away; no other process comes as far as this.
            if (!DatabaseTrouble.mayPass(e)) {
                throw e;
            }
            return service.keysAtHand().orElseThrow(() -> e);
        }
    }

    @Bean
    Sealing sealing(SealingKeys keys) {
        return new AesGcmSealing(keys);
    }
}
