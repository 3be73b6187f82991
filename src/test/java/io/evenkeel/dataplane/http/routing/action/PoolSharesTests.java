package io.evenkeel.dataplane.http.routing.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.pool.Member;
import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.desiredstate.routing.DesiredAction.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PoolSharesTests {

    private static final UUID A = new UUID(0, 1);
    private static final UUID B = new UUID(0, 2);

    private record Named(UUID id) implements MemberPool {

        @Override
        public @Nullable Member pick(int loop, long clientKey) {
            return null;
        }

        @Override
        public @Nullable Member pickOther(int loop, long clientKey, List<Member> failed) {
            return null;
        }

        @Override
        public void release(int loop, Member member) {}
    }

    private static List<UUID> taken(PoolShares shares, int loop, int times) {
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < times; i++) {
            var pool = shares.at(shares.next(loop));
            ids.add(pool == null ? new UUID(0, 0) : pool.id());
        }
        return ids;
    }

    @Test
    void poolsTakeTurnsInProportionToTheirWeights() {
        var shares = new PoolShares(List.of(new Share(A, 30), new Share(B, 10)), Named::new, 2);
        assertThat(taken(shares, 0, 8)).containsExactly(A, A, B, A, A, A, B, A);
        assertThat(taken(shares, 1, 8)).filteredOn(B::equals).hasSize(2);
    }

    @Test
    void aPoolWithoutWeightTakesNothing() {
        var shares = new PoolShares(List.of(new Share(A, 0), new Share(B, 7)), Named::new, 1);
        assertThat(taken(shares, 0, 5)).containsOnly(B);
        assertThat(shares.takesNew(0)).isFalse();
        assertThat(shares.takesNew(1)).isTrue();
        var nobody = new PoolShares(List.of(new Share(A, 0)), Named::new, 1);
        assertThat(nobody.next(0)).isEqualTo(PoolShares.NOBODY);
        assertThat(nobody.at(nobody.next(0))).isNull();
    }

    @Test
    void theShareOfAPoolThatIsNotHeldGoesToNobody() {
        var shares =
                new PoolShares(List.of(new Share(A, 1), new Share(B, 1)), id -> id.equals(A) ? new Named(id) : null, 1);
        assertThat(taken(shares, 0, 4)).containsExactly(A, new UUID(0, 0), A, new UUID(0, 0));
    }
}
