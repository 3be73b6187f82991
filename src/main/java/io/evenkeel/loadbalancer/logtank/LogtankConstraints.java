package io.evenkeel.loadbalancer.logtank;

import io.evenkeel.platform.error.ConstraintMeanings;
import io.evenkeel.platform.error.ErrorCode;
import org.springframework.stereotype.Component;

@Component
class LogtankConstraints implements ConstraintMeanings {

    @Override
    public void describe(Book book) {
        book.rule("pk_logtank", ErrorCode.CONFLICT, "The logtank exists already");
        book.rule("uq_logtank_load_balancer", ErrorCode.CONFLICT, "The load balancer already has a logtank");
        book.reference(
                "fk_logtank_load_balancer",
                "The load balancer does not exist",
                "The load balancer still has a logtank");
    }
}
