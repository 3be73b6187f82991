package io.evenkeel.dataplane.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every input that fuzzing has kept, once more. */
class FuzzCorpusTests {

    @ParameterizedTest
    @EnumSource
    void holdsForEveryInputThatIsKept(FuzzTarget target) throws IOException {
        assumeTrue(target.isSupported(), "not on this machine");
        assertThat(target.inputs()).isNotEmpty();
        for (var input : target.inputs()) {
            var bytes = Files.readAllBytes(input);
            assertThatCode(() -> target.test(bytes)).as("%s", input).doesNotThrowAnyException();
        }
    }
}
