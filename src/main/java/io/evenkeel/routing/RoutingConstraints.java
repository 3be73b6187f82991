package io.evenkeel.routing;

import io.evenkeel.platform.error.ConstraintMeanings;
import io.evenkeel.platform.error.ErrorCode;
import org.springframework.stereotype.Component;

@Component
class RoutingConstraints implements ConstraintMeanings {

    @Override
    public void describe(Book book) {
        book.rule("uq_listener_place", ErrorCode.CONFLICT, "The listener exists already");
        book.rule("pk_l7policy", ErrorCode.CONFLICT, "The l7policy exists already");
        book.rule("uq_l7policy_place", ErrorCode.CONFLICT, "The l7policy exists already");
        book.rule("uq_l7policy_priority", ErrorCode.CONFLICT, "The listener already has an l7policy of this priority");
        book.reference("fk_l7policy_listener", "The listener does not exist", "The listener still has l7policies");
        book.reference(
                "fk_l7policy_redirect_listener",
                "The redirect_listener_id names no listener of the load balancer",
                "An l7policy redirects to the listener");
        book.rule("ck_l7policy_action", ErrorCode.MISMATCH, "The action of the l7policy is unknown");
        book.rule("ck_l7policy_priority", ErrorCode.MISMATCH, "priority is 0..10000");
        book.rule("pk_l7policy_pool", ErrorCode.CONFLICT, "The l7policy names the pool already");
        book.reference("fk_l7policy_pool_policy", "The l7policy does not exist", "The l7policy still names pools");
        book.reference("fk_l7policy_pool_pool", "The pool does not exist", "The pool is used by an l7policy");
        book.reference(
                "fk_l7policy_pool_vpc",
                "The pool is in another VPC than the load balancer",
                "The pool is used by an l7policy");
        book.rule("pk_l7rule", ErrorCode.CONFLICT, "The l7rule exists already");
        book.reference("fk_l7rule_policy", "The l7policy does not exist", "The l7policy still has rules");
        book.rule("ck_l7rule_type", ErrorCode.MISMATCH, "The type of the l7rule is unknown");
        book.rule("ck_l7rule_compare_type", ErrorCode.MISMATCH, "The compare_type of the l7rule is unknown");
    }
}
