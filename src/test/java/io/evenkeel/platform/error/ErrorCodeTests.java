package io.evenkeel.platform.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** That the list of errors says each thing once, and nothing in vain. */
class ErrorCodeTests {

    @Test
    void saysEachThingOnce() {
        assertThat(ErrorCode.values())
                .extracting(code -> code.vendorCode() + " " + code.template())
                .doesNotHaveDuplicates();
    }

    @Test
    void hasNoCodeThatNobodyUses() throws IOException {
        String sources;
        try (var files = Files.walk(Path.of("src/main/java"))) {
            sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("ErrorCode.java"))
                    .map(ErrorCodeTests::read)
                    .collect(Collectors.joining());
        }

        assertThat(Arrays.stream(ErrorCode.values()).filter(code -> !sources.contains("ErrorCode." + code.name())))
                .as("codes that nothing in src/main uses")
                .isEmpty();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void usesVendorCodesOnly() {
        assertThat(ErrorCode.values())
                .allSatisfy(code -> assertThat(code.vendorCode()).matches("(ELB|APIGW)\\.[0-9]{4}"));
    }
}
