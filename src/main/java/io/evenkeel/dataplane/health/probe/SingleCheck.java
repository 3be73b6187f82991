package io.evenkeel.dataplane.health.probe;

import io.evenkeel.dataplane.health.socket.CheckSockets;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A check outside the schedule, on the calling thread, which waits for it no longer than the target's timeout. */
public final class SingleCheck {

    private SingleCheck() {}

    public static CheckResult run(CheckTarget target) {
        try (var sockets = CheckSockets.open()) {
            return run(target, sockets);
        } catch (IOException e) {
            return new CheckResult.OwnTrouble("No sockets: " + e.getMessage());
        }
    }

    static CheckResult run(CheckTarget target, CheckSockets sockets) throws IOException {
        var check = Check.of(target);
        try {
            return run(check, sockets, System.nanoTime() + target.timeout().toNanos());
        } finally {
            check.close();
        }
    }

    private static CheckResult run(Check check, CheckSockets sockets, long deadline) throws IOException {
        var result = new AtomicReference<Optional<CheckResult>>(Optional.empty());
        result.set(check.start(sockets, () -> {
            if (result.get().isEmpty()) {
                result.set(check.proceed());
            }
        }));
        while (result.get().isEmpty()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return check.timedOut();
            }
            sockets.await(left);
            sockets.tell();
        }
        return result.get().get();
    }
}
