package io.evenkeel.accesscontrol;

import io.evenkeel.platform.error.ConstraintMeanings;
import io.evenkeel.platform.error.ErrorCode;
import org.springframework.stereotype.Component;

@Component
class IpGroupConstraints implements ConstraintMeanings {

    @Override
    public void describe(Book book) {
        book.rule("pk_ip_group", ErrorCode.CONFLICT, "The IP group exists already");
        book.rule("uq_ip_group_project", ErrorCode.CONFLICT, "The IP group exists already");
        book.rule("ck_ip_group_entries", ErrorCode.MISMATCH, "An IP group holds at most 10000 entries");
        book.reference("fk_listener_ip_group", "The IP group does not exist", "The IP group is used by a listener");
        book.rule("ck_listener_ip_group", ErrorCode.MISMATCH, "A listener's ipgroup is whole or absent");
        book.rule(
                "ck_listener_ip_group_type", ErrorCode.MISMATCH, "The type of a listener's ipgroup is white or black");
    }
}
