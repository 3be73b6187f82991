package io.evenkeel.status;

import io.evenkeel.platform.error.ConstraintMeanings;
import io.evenkeel.platform.error.ErrorCode;
import org.springframework.stereotype.Component;

/** No request can break these: nothing but this module writes the tables. */
@Component
class StatusConstraints implements ConstraintMeanings {

    @Override
    public void describe(Book book) {
        book.rule("pk_member_verdict", ErrorCode.CONFLICT, "The member's status was told at this moment");
        book.reference("fk_member_verdict_member", "The member does not exist", "The member's status is being told");
        book.rule("pk_rejection_verdict", ErrorCode.CONFLICT, "The resource's status was told at this moment");
        book.rule("pk_pool_stand_in", ErrorCode.CONFLICT, "Who stands in was told at this moment");
        book.rule("ck_pool_stand_in_why", ErrorCode.MISMATCH, "The reason to stand in is unknown");
        book.reference("fk_pool_stand_in_worker", "The worker does not exist", "The worker has pools with stand-ins");
        book.reference("fk_pool_stand_in_pool", "The pool does not exist", "Who stands in is being told");
        book.rule("pk_member_drain", ErrorCode.CONFLICT, "That the member leaves was told at this moment");
        book.reference("fk_member_drain_worker", "The worker does not exist", "The worker has members that leave");
        book.reference("fk_member_drain_member", "The member does not exist", "That it leaves is being told");
        book.rule("pk_zone_coverage", ErrorCode.CONFLICT, "The zone's coverage was told at this moment");
        book.reference(
                "fk_zone_coverage_load_balancer",
                "The load balancer does not exist",
                "The load balancer's zones are being looked at");
        book.rule("pk_pool_zone_coverage", ErrorCode.CONFLICT, "The zone's coverage was told at this moment");
        book.reference("fk_pool_zone_coverage_pool", "The pool does not exist", "The pool's zones are being looked at");
    }
}
