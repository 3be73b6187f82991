package io.evenkeel.dataplane.health.probe;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Optional;

/** A check outside the schedule, on the calling thread, which waits for it no longer than the target's timeout. */
public final class SingleCheck {

    private SingleCheck() {}

    public static CheckResult run(CheckTarget target) {
        var check = Check.of(target);
        try (var selector = Selector.open()) {
            return run(check, selector, System.nanoTime() + target.timeout().toNanos());
        } catch (IOException e) {
            return new CheckResult.OwnTrouble("No selector: " + e.getMessage());
        } finally {
            check.close();
        }
    }

    private static CheckResult run(Check check, Selector selector, long deadline) throws IOException {
        var result = check.start(selector, check);
        while (result.isEmpty()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return check.timedOut();
            }
            selector.select((left + 999_999) / 1_000_000);
            result = proceed(check, selector);
        }
        return result.get();
    }

    private static Optional<CheckResult> proceed(Check check, Selector selector) {
        for (SelectionKey key : selector.selectedKeys()) {
            var result = check.proceed(key);
            if (result.isPresent()) {
                return result;
            }
        }
        selector.selectedKeys().clear();
        return Optional.empty();
    }
}
