package io.evenkeel.quota;

import io.evenkeel.platform.error.ConstraintMeanings;
import io.evenkeel.platform.error.ErrorCode;
import org.springframework.stereotype.Component;

@Component
class QuotaConstraints implements ConstraintMeanings {

    @Override
    public void describe(Book book) {
        book.rule("pk_quota", ErrorCode.CONFLICT, "The quota was set at this moment");
        book.reference("fk_quota_project", "The project does not exist", "The project still has quotas");
        book.rule("ck_quota_limit", ErrorCode.MISMATCH, "A quota is -1 (unlimited) or 0 and more");
        book.rule("pk_quota_counter", ErrorCode.CONFLICT, "The first resource of the kind was created at this moment");
        book.reference("fk_quota_counter_project", "The project does not exist", "The project still has resources");
    }
}
