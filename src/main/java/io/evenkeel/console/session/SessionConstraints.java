package io.evenkeel.console.session;

import io.evenkeel.platform.error.ConstraintMeanings;
import io.evenkeel.platform.error.ErrorCode;
import org.springframework.stereotype.Component;

@Component
class SessionConstraints implements ConstraintMeanings {

    @Override
    public void describe(Book book) {
        book.rule("pk_console_session", ErrorCode.CONFLICT, "The session exists already");
    }
}
