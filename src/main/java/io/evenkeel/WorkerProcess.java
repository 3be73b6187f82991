package io.evenkeel;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * Makes a process with {@code evenkeel.roles=worker} alone a small one: no API and no port of it, no entities, no
 * description; management alone is served. Registered in {@code spring.factories}; with another role it does nothing.
 */
final class WorkerProcess implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Map<String, Object> SETTINGS = Map.of(
            "server.port",
            "-1",
            "springdoc.api-docs.enabled",
            "false",
            "springdoc.swagger-ui.enabled",
            "false",
            "spring.autoconfigure.exclude",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
                    + "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration");

    /** A fleet of workers would otherwise hold most of the database's connections, and use few. */
    private static final Map<String, Object> DEFAULTS = Map.of("spring.datasource.hikari.minimum-idle", "2");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var environment = context.getEnvironment();
        if (!roles(environment).equals(Set.of("worker"))) {
            return;
        }
        requireDatabase(environment);
        environment.getPropertySources().addFirst(new MapPropertySource("worker process", SETTINGS));
        environment.getPropertySources().addLast(new MapPropertySource("worker process defaults", DEFAULTS));
        context.getBeanFactory().registerSingleton(TypeExcludeFilter.class.getName(), new WorkerScan());
    }

    private static Set<String> roles(Environment environment) {
        return Set.copyOf(List.of(environment.getProperty("evenkeel.roles", String[].class, new String[0])));
    }

    /** One of its own would be empty for ever, as nothing but an API writes what a worker serves. */
    private static void requireDatabase(ConfigurableEnvironment environment) {
        if (environment.getProperty("spring.datasource.url", "embedded").equals("embedded")) {
            throw new IllegalStateException("A worker without an API serves what the database of an API says: set"
                    + " spring.datasource.url, .username and .password to that database");
        }
    }
}
