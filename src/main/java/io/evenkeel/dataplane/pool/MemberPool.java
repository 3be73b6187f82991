package io.evenkeel.dataplane.pool;

import io.evenkeel.dataplane.balancing.Shares;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A backend server group as a proxy sees it. Lives as long as the group; what it picks from is swapped behind it.
 * To be called on an event loop, with that loop's index.
 */
public interface MemberPool {

    UUID id();

    /** Of the configuration that it picks by now; 0 where nobody knows. */
    default long generation() {
        return 0;
    }

    /** Whether its members are reached by TLS. */
    default boolean speaksTls() {
        return false;
    }

    /** Whether its members speak HTTP/2, without being asked whether they do. */
    default boolean speaksHttp2() {
        return false;
    }

    /** Whether any member takes requests, be it only those of clients that belong to it. */
    default boolean isServing() {
        return true;
    }

    /** Which part of the picks each member is to get now; another object after each change. Null when nobody knows. */
    default @Nullable Shares shares() {
        return null;
    }

    /**
     * The member that takes a new request (HTTP), connection (TCP) or session (UDP), or null when none is available.
     * Every pick is ended by one {@link #release}.
     *
     * @param clientKey what source-IP hashing hashes: {@link ClientKey#of}
     */
    @Nullable
    Member pick(int loop, long clientKey);

    /**
     * Like {@link #pick}, for another attempt; null when there is no other.
     *
     * @param failed all that were tried and could not be reached, few; not kept
     */
    @Nullable
    Member pickOther(int loop, long clientKey, List<Member> failed);

    /** The request or connection that was picked for has ended. */
    void release(int loop, Member member);

    /** The same for a client that is known by its address: it was served until now. */
    default void release(int loop, Member member, long clientKey) {
        release(loop, member);
    }

    /**
     * The member that a client is kept at by its address, picked; null where it is to be picked by {@link #pick}, which
     * keeps it from then on if the pool does so.
     */
    default @Nullable Member pickKept(int loop, long clientKey) {
        return null;
    }

    /** How it keeps clients by cookies; null when it does not. */
    default @Nullable CookieStickiness cookies() {
        return null;
    }

    /** That member, picked for a client that belongs to it; null when it takes nobody at all. */
    default @Nullable Member pickAgain(int loop, Member known) {
        return null;
    }

    /** Whether one more request may be tried again now; if so, {@link #endRetry} is called when it is over. */
    default boolean beginRetry() {
        return true;
    }

    default void endRetry() {}
}
