package io.evenkeel.platform.job;

import io.evenkeel.platform.error.ConstraintMeanings;
import io.evenkeel.platform.error.ErrorCode;
import org.springframework.stereotype.Component;

@Component
class JobConstraints implements ConstraintMeanings {

    @Override
    public void describe(Book book) {
        book.rule("pk_job", ErrorCode.CONFLICT, "The job exists already");
        book.reference("fk_job_project", "The project does not exist", "The project still has jobs");
        book.rule("ck_job_status", ErrorCode.MISMATCH, "A job that is kept is a success");
    }
}
