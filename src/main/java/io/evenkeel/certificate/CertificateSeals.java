package io.evenkeel.certificate;

import io.evenkeel.identity.SealedColumn;
import io.evenkeel.identity.SealedRows;
import io.evenkeel.identity.Sealing;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class CertificateSeals {

    @Bean
    SealedRows sealedPrivateKeys(JdbcClient jdbc, Sealing sealing) {
        return new SealedColumn(
                jdbc,
                sealing,
                "private keys of certificates",
                "certificate.sealed_private_key",
                "'certificate/' || id");
    }
}
