package io.evenkeel.dataplane.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class AccessLogTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path directory;

    /** Writes into memory, once it may. */
    private static final class Gated implements LogOutput {
        private final CountDownLatch gate = new CountDownLatch(1);
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();

        @Override
        public void write(JsonText lines) throws IOException {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            lines.writeTo(written);
        }

        @Override
        public void close() {}

        List<String> lines() {
            return written.toString(StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Test
    void whatComesBeyondTheQueueIsDroppedAndCountedAndNothingWaits() {
        var output = new Gated();
        var log = new AccessLog(output, 100, 1);
        log.start();
        try (var lines = new LogLines(log)) {
            lines.tell(1000, "/");
            long dropped = log.dropped();
            // The thread may hold as many as it takes at once, and the queue 128.
            assertThat(dropped).isBetween(1000L - 128 - 1024, 999L).isNotNegative();
            output.gate.countDown();
            log.close();
            assertThat(output.lines()).hasSize((int) (1000 - log.dropped()));
            assertThat(log.written()).isEqualTo(1000 - log.dropped());
        }
    }

    @Test
    void longLinesAreBoundedInBytes() {
        var output = new Gated();
        var log = new AccessLog(output, 1 << 16, 1);
        try (var lines = new LogLines(log)) {
            lines.tell(10_000, "/" + "x".repeat(2000));
            assertThat(log.dropped()).isBetween(10_000 - LineQueue.MAX_BYTES / 2000, 9_000L);
            log.start();
            output.gate.countDown();
            await().untilAsserted(
                            () -> assertThat(log.written() + log.dropped()).isEqualTo(10_000));
            lines.tell(10, "/");
            log.close();
            assertThat(log.written() + log.dropped()).isEqualTo(10_010);
            assertThat(output.lines()).hasSize((int) log.written());
        }
    }

    @Test
    void keepsTheOrderOfALoop() {
        var output = new Gated();
        var log = new AccessLog(output, 64, 1);
        log.start();
        output.gate.countDown();
        try (var lines = new LogLines(log)) {
            for (int i = 0; i < 500; i++) {
                lines.tell(1, "/" + i);
                long enough = i - 32L;
                await().until(() -> log.written() > enough);
            }
            log.close();
            var targets = output.lines().stream()
                    .map(line -> JSON.readTree(line).get("request_uri").asString())
                    .toList();
            assertThat(targets).hasSize(500).startsWith("/0", "/1").endsWith("/498", "/499");
        }
    }

    @Test
    void whatAClientSendsStaysInItsStringAndItsLine() {
        var text = new JsonText();
        var format = new LineFormat();
        var nasty = "/\"},{\n\r\t\u0000\u001b[31m\u007f\\\u0085\u00e9\u00ff";
        var log = new AccessLog(new Gated(), 1, 1);
        try (var lines = new LogLines(log)) {
            format.append(lines.line(nasty, "\u00e2\u0080\u00a8é"), text);
        }
        var out = new ByteArrayOutputStream();
        try {
            text.writeTo(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        var line = out.toString(StandardCharsets.UTF_8);
        assertThat(line).endsWith("}\n").containsOnlyOnce("\n").doesNotContain("\u2028");
        assertThat(line.strip().chars()).noneMatch(Character::isISOControl);
        var tree = JSON.readTree(line);
        assertThat(tree.get("request_uri").asString()).startsWith("/\"},{\n\r\t\u0000\u001b[31m\u007f\\");
        assertThat(tree.get("http_user_agent").asString()).startsWith("\u2028");
        assertThat(tree.get("remote_addr").asString()).isEqualTo("203.0.113.9");
        assertThat(tree.get("remote_port").asInt()).isEqualTo(51234);
        assertThat(tree.has("http_referer")).isFalse();
        assertThat(tree.has("upstream_addr")).isFalse();
    }

    @Test
    void goesOnInANewFileWhenTheOldOneWasMoved() throws IOException {
        var file = directory.resolve("logs").resolve("access.log");
        var log = new AccessLog(new AccessLogOptions(file, 64), 1);
        log.start();
        try (var lines = new LogLines(log)) {
            lines.tell(3, "/before");
            await().until(() -> log.written() == 3);
            Files.move(file, directory.resolve("access.log.1"));
            lines.tell(2, "/after");
            await().until(() -> log.written() == 5);
            assertThat(Files.readAllLines(directory.resolve("access.log.1"))).hasSize(3);
            assertThat(Files.readAllLines(file)).hasSize(2).allMatch(line -> line.contains("/after"));
            log.close();
        }
        try (var again = new LogLines(log)) {
            again.tell(1, "/late");
        }
        assertThat(Files.readAllLines(file))
                .as("appended to by none after the end")
                .hasSize(2);
    }

    @Test
    void countsWhatItCannotWriteAndGoesOn() throws IOException {
        var file = directory.resolve("access.log");
        Files.createDirectory(file);
        var log = new AccessLog(new AccessLogOptions(file, 64), 1);
        log.start();
        try (var lines = new LogLines(log)) {
            lines.tell(3, "/");
            await().until(() -> log.dropped() == 3);
            Files.delete(file);
            lines.tell(1, "/");
            await().until(() -> log.written() == 1);
            log.close();
        }
        assertThat(Files.readAllLines(file)).hasSize(1);
    }
}
