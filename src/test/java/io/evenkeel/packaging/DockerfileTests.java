package io.evenkeel.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be said of the image without an engine that builds it. */
class DockerfileTests {

    private static final Pattern INSTRUCTION = Pattern.compile("(?m)^(FROM|COPY|USER|ENTRYPOINT|ENV|RUN) (.*)$");
    private static final Pattern FROM_STAGE = Pattern.compile("--from=(\\w+)");

    @Test
    void isWhole() throws IOException {
        assertThat(problems(Files.readString(Path.of("Dockerfile")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    COPY packaging/image/java.args    | COPY packaging/java.args     | is not in the build's context: packaging/java.args
                    COPY packaging/image/train        | COPY src/test/train          | is not in the build's context: src/test/train-aot-cache
                    --from=trained                    | --from=traind                | no such stage: traind
                    USER 10001:10001                  | USER root                    | runs as root
                    USER 10001:10001                  | USER evenkeel                | runs as evenkeel
                    ["java", "@/app/java.args"]       | ["java", "-jar", "app.jar"]  | starts otherwise than the chart's workers
                    """)
    void aMistakeIsFound(String text, String mistake, String finding) throws IOException {
        var file = Files.readString(Path.of("Dockerfile"));
        assertThat(file).contains(text);

        assertThat(problems(file.replace(text, mistake))).anyMatch(problem -> problem.contains(finding));
    }

    @Test
    void workersOnTheHostNetworkStartAsTheImageDoes() throws IOException {
        assertThat(Files.readString(Path.of("helm", "evenkeel", "templates", "worker.yaml")))
                .contains("command: [java-low-ports, \"@/app/java.args\"]");
        assertThat(Files.readString(Path.of("packaging", "image", "java.args")).lines())
                .contains("-XX:AOTCache=/app/evenkeel.aot", "-jar /app/evenkeel.jar");
    }

    @Test
    void theTrainingIsAProgram() {
        assertThat(Path.of("packaging", "image", "train-aot-cache")).isExecutable();
    }

    private static List<String> problems(String file) throws IOException {
        var context = Files.readAllLines(Path.of(".dockerignore")).stream()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();
        var stages = new HashSet<String>();
        return INSTRUCTION
                .matcher(file.replace("\\\n", " "))
                .results()
                .flatMap(found -> problems(found.group(1), found.group(2).strip(), stages, context))
                .toList();
    }

    private static Stream<String> problems(String instruction, String of, Set<String> stages, List<String> context) {
        return switch (instruction) {
            case "FROM" -> {
                if (of.contains(" AS ")) {
                    stages.add(of.substring(of.indexOf(" AS ") + 4));
                }
                yield Stream.of();
            }
            case "COPY" -> ofCopy(of, stages, context);
            case "USER" -> of.matches("[1-9][0-9]*:[1-9][0-9]*") ? Stream.of() : Stream.of("runs as " + of);
            case "ENTRYPOINT" ->
                of.equals("[\"java\", \"@/app/java.args\"]")
                        ? Stream.of()
                        : Stream.of("starts otherwise than the chart's workers");
            default -> Stream.of();
        };
    }

    private static Stream<String> ofCopy(String of, Set<String> stages, List<String> context) {
        var stage = FROM_STAGE.matcher(of);
        if (stage.find()) {
            return stages.contains(stage.group(1)) ? Stream.of() : Stream.of("no such stage: " + stage.group(1));
        }
        var source = of.substring(0, of.indexOf(' '));
        boolean isThere = Files.exists(Path.of(source))
                && (source.equals(".")
                        || context.stream().anyMatch(part -> source.equals(part) || source.startsWith(part + "/")));
        return isThere ? Stream.of() : Stream.of("is not in the build's context: " + source);
    }
}
