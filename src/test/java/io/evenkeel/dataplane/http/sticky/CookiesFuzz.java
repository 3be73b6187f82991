package io.evenkeel.dataplane.http.sticky;

import io.evenkeel.dataplane.fuzz.Claims;
import io.evenkeel.dataplane.fuzz.Guarded;
import io.evenkeel.dataplane.http.memory.BlockPool;
import io.evenkeel.dataplane.http.message.RefusedException;
import io.evenkeel.dataplane.http.message.RequestHead;
import io.evenkeel.dataplane.pool.CookieStickiness;
import io.evenkeel.dataplane.pool.Member;
import io.evenkeel.dataplane.pool.PoolRuntime;
import io.evenkeel.dataplane.pool.eligible.Health;
import io.evenkeel.desiredstate.Algorithm;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.DesiredStickiness;
import io.evenkeel.desiredstate.PoolProtocol;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What clients say in Cookie fields, a line each. Only a value that was made with the key leads to a member, it is the
 * one that a simple reading of the text finds too, and all other cookies go on as they came. Bytes 1 to 3 stand for our
 * cookie's name, a good value and one of a member that is gone; the first two bytes of the input are left out.
 */
public final class CookiesFuzz {

    private static final int MAX_INPUT = 8 << 10;
    private static final int MAX_TRIES = 4;
    private static final int MAX_TAKEN_OUT = 8;
    private static final BlockPool BLOCKS = new BlockPool(1 << 20);
    private static final Guarded BYTES = new Guarded(64 << 10);
    private static final PoolRuntime POOL = pool();
    private static final CookieStickiness STICKINESS = Objects.requireNonNull(POOL.cookies());
    private static final String NAME = new String(STICKINESS.cookie().name(), StandardCharsets.US_ASCII);
    private static final String GOOD = value(2);
    private static final String GONE = value(99);

    private record Read(@Nullable UUID member, String forwarded) {}

    private CookiesFuzz() {}

    private static UUID id(int number) {
        return new UUID(0x0199_0000_0000_7001L, 0x8000_0000_0000_0000L | number);
    }

    private static PoolRuntime pool() {
        var pool = new PoolRuntime(id(0), List.of(), () -> Instant.ofEpochSecond(1_000));
        var members = IntStream.rangeClosed(1, 3)
                .mapToObj(n -> new DesiredMember(id(n), "127.7.0." + n, 80, 1, "az", true))
                .toList();
        pool.update(
                new DesiredPool(
                        id(0),
                        1,
                        "project",
                        true,
                        true,
                        PoolProtocol.HTTP,
                        Algorithm.ROUND_ROBIN,
                        false,
                        Optional.empty(),
                        members,
                        DesiredPool.Presence.PLAIN,
                        Optional.of(new DesiredStickiness(
                                DesiredStickiness.Type.HTTP_COOKIE, "", Duration.ofHours(1), "77".repeat(32)))),
                id -> Health.WELL);
        return pool;
    }

    private static String value(int member) {
        var text = new byte[32];
        STICKINESS.cookie().write(STICKINESS.cookie().markOf(id(member)), 900, 7, text);
        return new String(text, StandardCharsets.US_ASCII);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length <= 2 || input.length > MAX_INPUT) {
            return;
        }
        var text = Claims.text(input).substring(2);
        var lines = List.of(text.replace("\u0001", NAME)
                .replace("\u0002", GOOD)
                .replace("\u0003", GONE)
                .split("\n", -1));
        var request = "GET / HTTP/1.1\r\nHost: a\r\nCookie: " + String.join("\r\nCookie: ", lines) + "\r\n\r\n";
        if (request.length() > 32_000) {
            return;
        }
        var read = read(request, (byte) 0);
        if (read.isEmpty()) {
            return;
        }
        Claims.equal("What is read beside other bytes", read, read(request, (byte) ';'));
        Claims.equal(
                "The member", expectedMember(lines), Objects.toString(read.get().member()));
        requireOthers(lines, read.get().forwarded());
    }

    /** Empty where the head is refused. */
    private static Optional<Read> read(String request, byte neighbour) {
        var bytes = Claims.bytes(request);
        BYTES.place(bytes, 0, bytes.length, neighbour);
        var head = new RequestHead(BLOCKS);
        var out = BLOCKS.take(BlockPool.LARGE);
        try {
            head.read(BYTES.memory(), BYTES.from(), BYTES.to());
            if (!head.isComplete()) {
                return Optional.empty();
            }
            Member member = new CookieSession(0, false).begin(STICKINESS, head);
            head.appendFields(out);
            BYTES.requireNeighboursUntouched();
            return Optional.of(new Read(
                    member == null ? null : member.id(),
                    Claims.text(out.filled().toArray(ValueLayout.JAVA_BYTE))));
        } catch (RefusedException refused) {
            return Optional.empty();
        } finally {
            head.clear();
            BLOCKS.give(out);
        }
    }

    private static List<String> pieces(List<String> lines) {
        var pieces = new ArrayList<String>();
        for (var line : lines) {
            for (var piece : line.split(";", -1)) {
                pieces.add(trimmed(piece));
            }
        }
        pieces.removeIf(String::isEmpty);
        return pieces;
    }

    private static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && " \t".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && " \t".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    private static String expectedMember(List<String> lines) {
        var ours = pieces(lines).stream()
                .filter(piece -> piece.startsWith(NAME + "="))
                .limit(MAX_TRIES)
                .toList();
        boolean isLed = ours.contains(NAME + "=" + GOOD) || ours.contains(NAME + "=\"" + GOOD + "\"");
        return isLed ? id(2).toString() : "null";
    }

    private static void requireOthers(List<String> lines, String forwarded) {
        var sent = pieces(lines);
        long ours = sent.stream().filter(piece -> piece.startsWith(NAME + "=")).count();
        var kept = new ArrayList<String>();
        for (var line : forwarded.split("\r\n", -1)) {
            if (line.startsWith("Cookie:")) {
                kept.addAll(pieces(List.of(line.substring(7))));
            }
        }
        if (ours <= MAX_TAKEN_OUT) {
            sent.removeIf(piece -> piece.startsWith(NAME + "="));
            Claims.equal("The cookies that go on", sent, kept);
        }
    }
}
