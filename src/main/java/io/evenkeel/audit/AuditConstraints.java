package io.evenkeel.audit;

import io.evenkeel.platform.error.ConstraintMeanings;
import io.evenkeel.platform.error.ErrorCode;
import org.springframework.stereotype.Component;

/** No request can break these: nothing but this module writes the tables. */
@Component
class AuditConstraints implements ConstraintMeanings {

    @Override
    public void describe(Book book) {
        book.rule("pk_audit_record", ErrorCode.CONFLICT, "The write was recorded already");
        book.rule("ck_audit_record_action", ErrorCode.MISMATCH, "An action is one of CREATE, UPDATE, DELETE");
        book.rule("pk_event", ErrorCode.CONFLICT, "The event was recorded already");
        book.rule("ck_event_kind", ErrorCode.MISMATCH, "The kind of an event is one of those documented");
        book.rule("pk_event_key", ErrorCode.CONFLICT, "The event was recorded already");
    }
}
