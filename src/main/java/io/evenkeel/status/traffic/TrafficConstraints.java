package io.evenkeel.status.traffic;

import io.evenkeel.platform.error.ConstraintMeanings;
import io.evenkeel.platform.error.ErrorCode;
import org.springframework.stereotype.Component;

/** No request can break these: nothing but this module writes the tables. */
@Component
class TrafficConstraints implements ConstraintMeanings {

    @Override
    public void describe(Book book) {
        book.rule("uq_traffic_10s_reading", ErrorCode.CONFLICT, "The counts were written already");
        book.rule("ck_traffic_10s_times", ErrorCode.MISMATCH, "Each bucket of response times has a count");
        book.rule("ck_traffic_10s_sketch", ErrorCode.MISMATCH, "A sketch has 256 registers");
        book.rule("uq_traffic_5min_bucket", ErrorCode.CONFLICT, "The counts were condensed already");
        book.rule("ck_traffic_5min_times", ErrorCode.MISMATCH, "Each bucket of response times has a count");
        book.rule("ck_traffic_5min_sketch", ErrorCode.MISMATCH, "A sketch has 256 registers");
    }
}
