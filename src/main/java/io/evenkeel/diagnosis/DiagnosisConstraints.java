package io.evenkeel.diagnosis;

import io.evenkeel.platform.error.ConstraintMeanings;
import io.evenkeel.platform.error.ErrorCode;
import org.springframework.stereotype.Component;

@Component
class DiagnosisConstraints implements ConstraintMeanings {

    @Override
    public void describe(Book book) {
        book.rule("pk_health_check_job", ErrorCode.CONFLICT, "The job exists already");
        book.reference("fk_health_check_job_member", "The member does not exist", "The member is being checked");
        book.rule("ck_health_check_job_claim", ErrorCode.MISMATCH, "A claim names its worker and time");
        book.rule("ck_health_check_job_answer", ErrorCode.MISMATCH, "An answer is whole");
    }
}
