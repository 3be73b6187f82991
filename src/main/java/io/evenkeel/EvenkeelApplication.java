package io.evenkeel;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/** Starts what {@code evenkeel.roles} names: the API, a worker, or both. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@ConfigurationPropertiesScan
public class EvenkeelApplication {

    public static void main(String[] args) {
        SpringApplication.run(EvenkeelApplication.class, args);
    }
}
