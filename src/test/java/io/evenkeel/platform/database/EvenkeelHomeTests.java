package io.evenkeel.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Who may work on a home, and what others can read of it. */
@ExtendWith(OutputCaptureExtension.class)
class EvenkeelHomeTests {

    @TempDir
    private Path directory = Path.of("");

    /** As much of the application as touches the home. */
    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(EvenkeelProperties.class)
    @Import(DatabaseConfiguration.class)
    static class Instance {}

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private void start() {
        new SpringApplicationBuilder(Instance.class)
                .web(WebApplicationType.NONE)
                .run("--evenkeel.home=" + directory)
                .close();
    }

    @Test
    void refusesASecondInstanceInShort(CapturedOutput output) {
        try (var first = EvenkeelHome.open(directory)) {
            assertThat(first.readSecret("unknown")).isNull();
            assertThatThrownBy(this::start).hasRootCauseInstanceOf(UnusableHomeException.class);
        }

        assertThat(output.getAll())
                .contains("APPLICATION FAILED TO START")
                .contains("Another Evenkeel instance uses " + directory)
                .contains("evenkeel.home=/another/directory")
                .doesNotContain("\tat ");
    }

    @Test
    void refusesTheDataOfAnotherMajorVersionInShort(CapturedOutput output) throws IOException {
        Files.createDirectories(directory.resolve("database"));
        Files.writeString(directory.resolve("database/PG_VERSION"), "16\n");

        assertThatThrownBy(this::start).hasRootCauseInstanceOf(UnusableHomeException.class);

        assertThat(output.getAll())
                .contains("APPLICATION FAILED TO START")
                .contains("is of PostgreSQL 16, this Evenkeel comes with PostgreSQL 18")
                .doesNotContain("\tat ");
    }

    @Test
    void isFreeAgainOnceClosed() {
        EvenkeelHome.open(directory).close();

        EvenkeelHome.open(directory).close();
    }

    @Test
    void keepsSecretsToItsOwner() throws IOException {
        var inside = directory.resolve("made/by/us");
        try (var home = EvenkeelHome.open(inside)) {
            home.writeSecret("secret", "first");
            home.writeSecret("secret", "second");

            assertThat(home.readSecret("secret")).isEqualTo("second");
            assertThat(home.readSecret("unknown")).isNull();
            assertThat(mode(home.file("secret"))).isEqualTo("rw-------");
            assertThat(mode(home.file("evenkeel.lock"))).isEqualTo("rw-------");
            assertThat(mode(home.directory("below"))).isEqualTo("rwx------");
            assertThat(mode(inside)).isEqualTo("rwx------");
            assertThat(inside).isDirectoryNotContaining(file -> file.toString().endsWith(".new"));
        }
    }
}
