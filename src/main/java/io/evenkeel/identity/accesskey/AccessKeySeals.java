package io.evenkeel.identity.accesskey;

import io.evenkeel.identity.SealedColumn;
import io.evenkeel.identity.SealedRows;
import io.evenkeel.identity.Sealing;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class AccessKeySeals {

    @Bean
    SealedRows sealedAccessKeys(JdbcClient jdbc, Sealing sealing) {
        return new SealedColumn(
                jdbc,
                sealing,
                "secrets of access keys",
                "access_key.sealed_secret",
                "'%s' || access_key".formatted(AccessKeyService.OWNER));
    }
}
