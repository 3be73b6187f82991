package io.evenkeel.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.ServedOperations;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs last: every operation that writes, and that some test had done, left an audit record. */
@EvenkeelTest
@Order(Integer.MAX_VALUE)
class AuditCoverageTests {

    /** Operations that answer POST, PUT or DELETE with success and change no resource, each with the reason. */
    private static final Map<String, String> WRITE_NOTHING = Map.of(
            "POST /v3/{project_id}/elb/members/{member_id}/health-check",
            "asks a worker a question; nothing that is configured changes");

    @Autowired
    JdbcClient jdbc;

    /** Of each operation one call is enough: a PUT that changes nothing and a dry run leave no record. */
    @Test
    void everyWriteLeavesARecordOfItsRequest() {
        var unrecorded = new TreeSet<String>();
        ServedOperations.writes().forEach((operation, requests) -> {
            if (!isRecorded(requests)) {
                unrecorded.add(operation);
            }
        });

        assertThat(unrecorded).isSubsetOf(WRITE_NOTHING.keySet());
    }

    private boolean isRecorded(Set<String> requests) {
        return jdbc.sql("select exists (select 1 from audit_record where request_id = any(:requests))")
                .param("requests", requests.toArray(String[]::new))
                .query(Boolean.class)
                .single();
    }
}
