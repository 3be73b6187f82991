package io.evenkeel.member.store;

import io.evenkeel.platform.error.ConstraintMeanings;
import io.evenkeel.platform.error.ErrorCode;
import org.springframework.stereotype.Component;

@Component
class MemberConstraints implements ConstraintMeanings {

    @Override
    public void describe(Book book) {
        book.rule("ck_member_role", ErrorCode.MISMATCH, "The role of a member is master or slave");
        book.rule("uq_member_role", ErrorCode.CONFLICT, "The pool has a member with this role already");
    }
}
