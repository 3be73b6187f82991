package io.evenkeel.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The embedded PostgreSQL, unless {@code spring.datasource.url} names another. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    @Bean
    EvenkeelHome evenkeelHome(EvenkeelProperties properties) {
        return EvenkeelHome.open(properties.home());
    }

    @Bean
    static BeanPostProcessor patientConnections() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof HikariDataSource pool && pool.getJdbcUrl() != null) {
                    PatientConnections.under(pool);
                }
                return bean;
            }
        };
    }

    /** A migration may take longer than the time after which any other statement is given up. */
    @Bean
    FlywayConfigurationCustomizer migrationsTakeTheirTime(JdbcConnectionDetails database) {
        return flyway -> flyway.dataSource(database.getJdbcUrl(), database.getUsername(), database.getPassword());
    }

    @Bean
    @ConditionalOnProperty(name = "spring.datasource.url", matchIfMissing = true, havingValue = "embedded")
    EmbeddedDatabase embeddedDatabase(EvenkeelHome home) {
        return EmbeddedDatabase.start(home);
    }
}
