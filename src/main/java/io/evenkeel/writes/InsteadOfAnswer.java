package io.evenkeel.writes;

import io.evenkeel.writes.idempotency.StoredAnswer;
/** Carries another answer than the method's own past Spring's handling of return values; never an error. */
final class InsteadOfAnswer extends RuntimeException {

    private final transient StoredAnswer answer;
    private final boolean isReplayed;

    InsteadOfAnswer(StoredAnswer answer, boolean isReplayed) {
        super(null, null, false, false);
        this.answer = answer;
        this.isReplayed = isReplayed;
    }

    StoredAnswer answer() {
        return answer;
    }

    boolean isReplayed() {
        return isReplayed;
    }
}
