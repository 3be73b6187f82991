package io.evenkeel.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.platform.error.ElbException;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionOperations;

@EvenkeelTest
class PoolsTests {

    @Autowired
    private Api api;

    @Autowired
    private Pools pools;

    @Autowired
    private TransactionOperations transactions;

    private UUID id;

    @BeforeEach
    void createPool() {
        id = UUID.fromString(api.post(
                        api.elb("/pools"),
                        Map.of("pool", Map.of("protocol", "TCP", "lb_algorithm", "ROUND_ROBIN", "type", "ip")))
                .expect(201)
                .at("/pool/id")
                .stringValue());
    }

    @Test
    void tellsHowThePoolIsAfterAnAdvance() {
        var pool = inTransaction(() -> pools.advance(api.projectId(), id));

        assertThat(pool)
                .isEqualTo(new AdvancedPool(id, 2, PoolProtocol.TCP, null, "ip", null, 0, false, false, "v4", null));
        assertThat(pools.require(api.projectId(), id))
                .isEqualTo(new KnownPool(id, PoolProtocol.TCP, null, "ip", false, false));
    }

    @Test
    void refusesUnknownAndForeignPoolsAlike() {
        var unknown = UUID.randomUUID();

        assertThatThrownBy(() -> inTransaction(() -> pools.advance(api.projectId(), unknown)))
                .isInstanceOf(ElbException.class)
                .hasMessage("pool " + unknown + " could not be found.");
        assertThatThrownBy(() -> inTransaction(() -> pools.advance("someone-else", id)))
                .isInstanceOf(ElbException.class)
                .hasMessage("pool " + id + " could not be found.");
        assertThatThrownBy(() -> pools.require("someone-else", id))
                .isInstanceOf(ElbException.class)
                .hasMessage("pool " + id + " could not be found.");
    }

    @Test
    void givesThePoolTheOsOfTheFirstToJoinUntilTheLastLeaves() {
        var first = inTransaction(() -> pools.advanceForJoin(api.projectId(), id, Optional.of("linux/ubuntu"), 2));
        var second = inTransaction(() -> pools.advanceForJoin(api.projectId(), id, Optional.of("windows/2022"), 1));
        assertThat(first.os()).isEqualTo("linux/ubuntu");
        assertThat(first.memberCount()).isEqualTo(2);
        assertThat(second.os()).isEqualTo("linux/ubuntu");
        assertThat(second.memberCount()).isEqualTo(3);

        leave(2);
        assertThat(inTransaction(() -> pools.advance(api.projectId(), id)).os()).isEqualTo("linux/ubuntu");
        leave(1);
        var empty = inTransaction(() -> pools.advance(api.projectId(), id));
        assertThat(empty.os()).isNull();
        assertThat(empty.memberCount()).isZero();
    }

    @Test
    void countsMembersWithoutAnOsWhereTheRuleDoesNotApply() {
        var joined = inTransaction(() -> pools.advanceForJoin(api.projectId(), id, Optional.empty(), 5));

        assertThat(joined.os()).isNull();
        assertThat(joined.memberCount()).isEqualTo(5);
    }

    private void leave(int count) {
        transactions.executeWithoutResult(status -> {
            pools.advance(api.projectId(), id);
            pools.leave(api.projectId(), id, count);
        });
    }

    private AdvancedPool inTransaction(Supplier<AdvancedPool> work) {
        return Objects.requireNonNull(transactions.execute(status -> work.get()));
    }
}
