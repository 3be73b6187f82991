package io.evenkeel.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The units are what systemd takes, and give the service no more than it needs. */
class SystemdUnitTests {

    private static final Path UNITS = Path.of("packaging", "systemd");
    private static final String JAVA = "/usr/bin/java";

    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"evenkeel.service", "evenkeel-worker.service"})
    void systemdHasNothingAgainstIt(String unit) throws IOException {
        var verified = verify(unit, "", "");

        assertThat(verified).satisfies(Program.SUCCEEDED);
        assertThat(verified.output().lines().filter(line -> line.contains(unit)))
                .isEmpty();
    }

    @Test
    void aSettingThatSystemdDoesNotKnowIsFound() throws IOException {
        assertThat(verify("evenkeel.service", "ProtectSystem=", "ProtectSytem=").output())
                .contains("ProtectSytem");
    }

    @Test
    void aProgramThatIsNotThereIsFound() throws IOException {
        assertThat(verify("evenkeel.service", "ExecStart=", "ExecStart=/nowhere")
                        .status())
                .isNotZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evenkeel.service", "evenkeel-worker.service"})
    void isBoundedAndComesBack(String unit) throws IOException {
        assertThat(problems(Files.readString(UNITS.resolve(unit)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NoNewPrivileges=yes",
                "ProtectSystem=strict",
                "CapabilityBoundingSet=CAP_NET_BIND_SERVICE",
                "LimitNOFILE=1048576",
                "Restart=always",
                "User=evenkeel"
            })
    void aUnitWithoutABoundIsFound(String bound) throws IOException {
        var unit = Files.readString(UNITS.resolve("evenkeel.service")).replace(bound + "\n", "");

        assertThat(problems(unit)).containsExactly(bound);
    }

    @Test
    void aWatchdogIsNotAskedForAsNobodyFeedsIt() throws IOException {
        assertThat(Files.readString(UNITS.resolve("evenkeel.service"))).doesNotContain("WatchdogSec");
    }

    /** What a unit has to say and does not. */
    private static List<String> problems(String unit) {
        var lines = unit.lines().toList();
        var missing = new ArrayList<>(List.of(
                "User=evenkeel",
                "Restart=always",
                "LimitNOFILE=1048576",
                "AmbientCapabilities=CAP_NET_BIND_SERVICE",
                "CapabilityBoundingSet=CAP_NET_BIND_SERVICE",
                "NoNewPrivileges=yes",
                "ProtectSystem=strict",
                "ProtectHome=yes",
                "PrivateDevices=yes",
                "RestrictNamespaces=yes",
                "SystemCallFilter=@system-service",
                "UMask=0077"));
        missing.removeAll(lines);
        return missing;
    }

    /** Of a copy, changed so, that names a Java which is installed. What this machine's own units are like is not asked. */
    private Program.Run verify(String unit, String text, String by) throws IOException {
        var analyze = Program.find("systemd-analyze");
        assumeTrue(analyze.isPresent(), "systemd-analyze is not installed");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var copy = directory.resolve(unit);
        Files.writeString(
                copy, Files.readString(UNITS.resolve(unit)).replace(JAVA, java).replace(text, by));
        return analyze.orElseThrow().run("verify", "--recursive-errors=no", copy.toString());
    }
}
