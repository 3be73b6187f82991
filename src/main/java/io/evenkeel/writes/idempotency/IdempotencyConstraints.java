package io.evenkeel.writes.idempotency;

import io.evenkeel.platform.error.ConstraintMeanings;
import io.evenkeel.platform.error.ErrorCode;
import org.springframework.stereotype.Component;

@Component
class IdempotencyConstraints implements ConstraintMeanings {

    @Override
    public void describe(Book book) {
        book.rule("pk_idempotency_key", ErrorCode.CONFLICT, "The Idempotency-Key is in use by another request");
    }
}
