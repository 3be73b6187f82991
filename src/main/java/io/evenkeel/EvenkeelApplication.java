package io.evenkeel;

import io.evenkeel.identity.SealingKeyCommand;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/** Starts what {@code evenkeel.roles} names: the API, a worker, or both; or runs the command that comes first. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@ConfigurationPropertiesScan
public class EvenkeelApplication {

    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals(SealingKeyCommand.NAME)) {
            rotateSealingKey(Arrays.copyOfRange(args, 1, args.length));
        } else {
            SpringApplication.run(EvenkeelApplication.class, args);
        }
    }

    /** Without web server and worker, and with no more beans than the command needs. */
    static int rotateSealingKey(String... args) {
        var application = new SpringApplication(EvenkeelApplication.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setLazyInitialization(true);
        var all = Stream.concat(
                Stream.of(args), Stream.of("--evenkeel.roles=", "--evenkeel.command=" + SealingKeyCommand.NAME));
        try (var context = application.run(all.toArray(String[]::new))) {
            return context.getBean(SealingKeyCommand.class).run();
        }
    }
}
