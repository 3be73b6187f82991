package io.evenkeel.dataplane.fuzz;

import io.evenkeel.dataplane.health.probe.StatusLinesFuzz;
import io.evenkeel.dataplane.http.ResponsesFuzz;
import io.evenkeel.dataplane.http.sticky.CookiesFuzz;
import io.evenkeel.dataplane.http2.frame.FramesFuzz;
import io.evenkeel.dataplane.http2.text.FieldsFuzz;
import io.evenkeel.dataplane.tls.boringssl.BoringSsl;
import io.evenkeel.dataplane.tls.boringssl.SniFuzz;
import io.evenkeel.dataplane.transport.epoll.ConnectionsFuzz;
import io.evenkeel.dataplane.transport.epoll.EpollTransport;
import io.evenkeel.dataplane.transport.epoll.linux.AddressesFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What is fuzzed. The inputs that are kept, of which {@code ./mvnw -Pfuzz verify} finds more, are replayed by tests. */
public enum FuzzTarget {
    REQUESTS(RequestsFuzz.class, 5_000),
    RESPONSES(ResponsesFuzz.class, 5_000),
    CHUNKS(ChunksFuzz.class, 1_000),
    CONNECTIONS(ConnectionsFuzz.class, 600),
    ADDRESSES(AddressesFuzz.class, 112),
    STATUS_LINES(StatusLinesFuzz.class, 200),
    FRAMES(FramesFuzz.class, 2_000),
    FIELDS(FieldsFuzz.class, 1_000),
    RULES(RulesFuzz.class, 600),
    COOKIES(CookiesFuzz.class, 2_000),
    SNI(SniFuzz.class, 600);

    private static final Path KEPT = Path.of("src", "test", "resources", "fuzz");

    private final Class<?> type;
    private final int maxBytes;

    FuzzTarget(Class<?> type, int maxBytes) {
        this.type = type;
        this.maxBytes = maxBytes;
    }

    public String className() {
        return type.getName();
    }

    /** The longest input that is worth trying. */
    public int maxBytes() {
        return maxBytes;
    }

    /** Whether it can run on this machine. */
    public boolean isSupported() {
        return switch (this) {
            case CONNECTIONS -> EpollTransport.whyNot().isEmpty();
            case SNI -> BoringSsl.whyNot().isEmpty();
            default -> true;
        };
    }

    /** Throws an {@link Error} or a {@link RuntimeException} where something does not hold. */
    public void test(byte[] input) {
        switch (this) {
            case REQUESTS -> RequestsFuzz.fuzzerTestOneInput(input);
            case RESPONSES -> ResponsesFuzz.fuzzerTestOneInput(input);
            case CHUNKS -> ChunksFuzz.fuzzerTestOneInput(input);
            case CONNECTIONS -> ConnectionsFuzz.fuzzerTestOneInput(input);
            case ADDRESSES -> AddressesFuzz.fuzzerTestOneInput(input);
            case STATUS_LINES -> StatusLinesFuzz.fuzzerTestOneInput(input);
            case FRAMES -> FramesFuzz.fuzzerTestOneInput(input);
            case FIELDS -> FieldsFuzz.fuzzerTestOneInput(input);
            case RULES -> RulesFuzz.fuzzerTestOneInput(input);
            case COOKIES -> CookiesFuzz.fuzzerTestOneInput(input);
            case SNI -> SniFuzz.fuzzerTestOneInput(input);
        }
    }

    /** Where its inputs are kept: those found by fuzzing, made few, and those that once failed. */
    public Path kept() {
        return KEPT.resolve(name().toLowerCase(Locale.ROOT));
    }

    public List<Path> inputs() throws IOException {
        try (var files = Files.list(kept())) {
            return files.sorted().toList();
        }
    }

    /** Words that inputs are made of, in libFuzzer's form. */
    public static Path words() {
        return KEPT.resolve("http.dict");
    }
}
