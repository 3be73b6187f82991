package io.evenkeel.status.receipt;

import io.evenkeel.platform.error.ConstraintMeanings;
import io.evenkeel.platform.error.ErrorCode;
import org.springframework.stereotype.Component;

/** No request can break these: nothing but this module writes the table. */
@Component
class ReceiptConstraints implements ConstraintMeanings {

    @Override
    public void describe(Book book) {
        book.rule("pk_worker_receipt", ErrorCode.CONFLICT, "The receipt is being written");
        book.reference("fk_worker_receipt_worker", "The worker does not exist", "The worker has receipts");
        book.rule("ck_worker_receipt_kind", ErrorCode.MISMATCH, "The kind of resource is unknown");
        book.rule("ck_worker_receipt_serving", ErrorCode.MISMATCH, "What is served has a time since when");
    }
}
