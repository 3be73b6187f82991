package io.evenkeel.writes;

import io.evenkeel.writes.idempotency.StoredAnswer;
import java.util.Optional;

/** Carries another answer than the method's own past Spring's handling of return values; never an error. */
final class InsteadOfAnswer extends RuntimeException {

    private final transient StoredAnswer answer;
    private final transient Optional<String> tag;
    private final boolean isReplayed;

    private InsteadOfAnswer(StoredAnswer answer, Optional<String> tag, boolean isReplayed) {
        super(null, null, false, false);
        this.answer = answer;
        this.tag = tag;
        this.isReplayed = isReplayed;
    }

    /** What a dry run answers. */
    static InsteadOfAnswer rehearsed(StoredAnswer answer) {
        return new InsteadOfAnswer(answer, Optional.empty(), false);
    }

    /** What was answered before under the same key, with the ETag of its resource, if it holds one. */
    static InsteadOfAnswer replayed(StoredAnswer answer, Optional<String> tag) {
        return new InsteadOfAnswer(answer, tag, true);
    }

    StoredAnswer answer() {
        return answer;
    }

    Optional<String> tag() {
        return tag;
    }

    boolean isReplayed() {
        return isReplayed;
    }
}
