package io.evenkeel;

import io.evenkeel.agentsync.RestoredDatabase;
import io.evenkeel.identity.SealingKeyCommand;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts what {@code evenkeel.roles} names: the API, a worker, or both; or runs the command that comes first. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@ConfigurationPropertiesScan
public class EvenkeelApplication {

    public static void main(String[] args) {
        switch (args.length == 0 ? "" : args[0]) {
            case SealingKeyCommand.NAME -> rotateSealingKey(withoutFirst(args));
            case RestoredDatabase.COMMAND -> renewIncarnation(withoutFirst(args));
            default -> SpringApplication.run(EvenkeelApplication.class, args);
        }
    }

    private static String[] withoutFirst(String... args) {
        return Arrays.copyOfRange(args, 1, args.length);
    }

    static int rotateSealingKey(String... args) {
        try (var context = start(SealingKeyCommand.NAME, args)) {
            return context.getBean(SealingKeyCommand.class).run();
        }
    }

    static void renewIncarnation(String... args) {
        try (var context = start(RestoredDatabase.COMMAND, args)) {
            context.getBean(RestoredDatabase.class).run();
        }
    }

    /** Without web server and worker, and with no more beans than the command needs. */
    private static ConfigurableApplicationContext start(String command, String... args) {
        var application = new SpringApplication(EvenkeelApplication.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setLazyInitialization(true);
        var all = Stream.concat(Stream.of(args), Stream.of("--evenkeel.roles=", "--evenkeel.command=" + command));
        return application.run(all.toArray(String[]::new));
    }
}
