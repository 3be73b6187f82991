package io.evenkeel.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The API files by Spectral's rules and ours. Opt-in ({@code ./mvnw -Plint verify}): needs node and npm. */
@Tag("lint")
class LintTests {

    @Test
    void theApiFilesAreWithoutErrorAndWarning() {
        var lint = Tool.of("lint", Map.of());
        lint.run("npm", "install", "--no-audit", "--no-fund");

        var spectral = lint.run(
                "node_modules/.bin/spectral",
                "lint",
                "--ruleset",
                "spectral.yaml",
                "--fail-severity",
                "hint",
                openapi("elb-v3.yaml"),
                openapi("inventory-v1.yaml"));

        assertThat(spectral).contains("No results with a severity of 'hint' or higher found!");
    }

    private static String openapi(String file) {
        return Path.of("openapi", file).toAbsolutePath().toString();
    }
}
