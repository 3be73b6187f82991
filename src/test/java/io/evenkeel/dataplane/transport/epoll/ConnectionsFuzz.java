package io.evenkeel.dataplane.transport.epoll;

import io.evenkeel.dataplane.transport.TransportOptions;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What is written on two connections of a loop, in any pieces from any memory, flushed or not, taken by their peers
 * slowly or not at all, arrives whole and in order, and so does what the peers send. The loop's stage, its read buffer,
 * the messages it gathers and the chunks of what does not leave yet are shared by both.
 */
public final class ConnectionsFuzz {

    private static final int MAX_STEPS = 400;
    private static final int LARGE = 40 << 10;
    private static final EpollLoop LOOP = loop();

    private final byte[] input;
    private int at;

    private ConnectionsFuzz(byte[] input) {
        this.input = input;
    }

    public static void fuzzerTestOneInput(byte[] input) {
        try (var one = FuzzedConnection.open(LOOP, 1);
                var other = FuzzedConnection.open(LOOP, 2)) {
            new ConnectionsFuzz(input).run(one, other);
            one.finish();
            other.finish();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static EpollLoop loop() {
        try {
            return new EpollLoop(0, new TransportOptions(1, 8 << 10, 16 << 10));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void run(FuzzedConnection one, FuzzedConnection other) throws IOException {
        for (int step = 0; step < MAX_STEPS && at < input.length; step++) {
            int what = next();
            step(what & 15, (what & 16) == 0 ? one : other);
        }
    }

    private void step(int what, FuzzedConnection on) throws IOException {
        switch (what) {
            case 0, 1 -> on.writeFromHeap(next());
            case 2, 3 -> on.writeFromOutside(nextLong());
            case 4, 5 -> on.connection().flush();
            case 6 -> LOOP.resources().stage().settle();
            case 7, 8 -> on.peerReads(nextLong());
            case 9, 10 -> on.peerSends(nextLong(), next());
            case 11 -> on.connection().pauseReading();
            case 12 -> on.connection().resumeReading();
            case 13 -> on.end();
            default -> FuzzedConnection.turn(LOOP);
        }
    }

    private int next() {
        return at < input.length ? input[at++] & 0xff : 0;
    }

    private int nextLong() {
        return (next() << 8 | next()) % LARGE;
    }
}
