package io.evenkeel.dataplane.pool;

import io.evenkeel.dataplane.stickiness.ClientTable;
import io.evenkeel.dataplane.stickiness.LongIndex;
import io.evenkeel.desiredstate.DesiredStickiness;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * How a pool keeps clients that are known by their address. One state of a pool; who was led where is carried over to
 * the next. Safe for any thread.
 */
final class SourceStickiness {

    private final ClientTable clients;
    private final long seed;
    private final int timeoutSeconds;
    private final InstantSource clock;
    private final MemberRuntime[] members;
    private final LongIndex byPlace;

    SourceStickiness(
            DesiredStickiness desired,
            InstantSource clock,
            @Nullable SourceStickiness before,
            List<MemberRuntime> members) {
        this.clients = before == null ? new ClientTable() : before.clients;
        this.seed = before == null ? ThreadLocalRandom.current().nextLong() : before.seed;
        this.timeoutSeconds = (int) desired.timeout().toSeconds();
        this.clock = clock;
        this.members = members.toArray(new MemberRuntime[0]);
        this.byPlace =
                new LongIndex(members.stream().mapToLong(MemberRuntime::place).toArray());
    }

    /** Where the client was led last, as long as that member is there. */
    @Nullable
    MemberRuntime find(long clientKey) {
        return at(clients.find(hashOf(clientKey), now(), timeoutSeconds));
    }

    /**
     * Leads the client to the picked member, unless another loop has led it somewhere in the meantime.
     *
     * @param lost where it was and cannot stay; null when it was nowhere, or at one that is gone
     * @return where it is now
     */
    MemberRuntime lead(long clientKey, @Nullable MemberRuntime lost, MemberRuntime picked) {
        long hash = hashOf(clientKey);
        int now = now();
        int held = clients.find(hash, now, timeoutSeconds);
        var stays = at(held);
        boolean mayMove = stays == null || isSame(stays, lost);
        var leads = at(clients.lead(hash, mayMove ? held : ClientTable.NONE, picked.place(), now, timeoutSeconds));
        return leads == null ? picked : leads;
    }

    // A member is one object for as long as it has its address.
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(MemberRuntime one, @Nullable MemberRuntime other) {
        return one == other;
    }

    /** Leads the client elsewhere: it could not be served where it was. */
    void move(long clientKey, MemberRuntime to) {
        long hash = hashOf(clientKey);
        int now = now();
        int held = clients.find(hash, now, timeoutSeconds);
        clients.lead(hash, held, to.place(), now, timeoutSeconds);
    }

    /** The client was served there until now. */
    void see(long clientKey, MemberRuntime member) {
        clients.see(hashOf(clientKey), member.place(), now(), timeoutSeconds);
    }

    private @Nullable MemberRuntime at(int place) {
        int at = byPlace.find(place);
        return at == LongIndex.NONE ? null : members[at];
    }

    private int now() {
        return (int) (clock.millis() / 1000);
    }

    /** Spread over all bits, by the finalizer of MurmurHash3. */
    private long hashOf(long clientKey) {
        long hash = clientKey ^ seed;
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }
}
