package io.evenkeel.writes.idempotency;

import io.evenkeel.identity.SealedColumn;
import io.evenkeel.identity.SealedRows;
import io.evenkeel.identity.Sealing;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class IdempotencySeals {

    @Bean
    SealedRows sealedAnswers(JdbcClient jdbc, Sealing sealing) {
        return new SealedColumn(
                jdbc,
                sealing,
                "answers kept under idempotency keys",
                "idempotency_key.answer",
                "'idempotency-key/' || project_id || '/' || key");
    }
}
