package io.evenkeel.writes;

import io.evenkeel.platform.error.ConstraintMeanings;
import io.evenkeel.platform.error.ErrorCode;
import org.springframework.stereotype.Component;

@Component
class WriteConstraints implements ConstraintMeanings {

    @Override
    public void describe(Book book) {
        book.rule("pk_idempotency_key", ErrorCode.CONFLICT, "The Idempotency-Key is in use by another request");
    }
}
