package io.evenkeel.dataplane.accesslog;

import io.evenkeel.dataplane.pool.Member;
import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.dataplane.transport.TlsFacts;
import java.net.InetSocketAddress;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What becomes known of a request or session while it lasts. Written on its loop; {@link #end} gives it away, after which
 * nothing may be called.
 */
public final class LogLine {

    static final long UNKNOWN = -1;
    private static final int OWN_BYTES = 256;

    private final LogStream stream;
    private final EventLoop loop;
    final InetSocketAddress client;
    final @Nullable TlsFacts tls;
    private final long beganNanos;

    @Nullable
    RequestFacts request;

    int status;

    @Nullable
    String reason;

    long receivedBytes;
    long sentBytes;
    int picks;
    boolean isSticky;

    @Nullable
    UUID poolId;

    @Nullable
    UUID memberId;

    @Nullable
    InetSocketAddress member;

    private long pickedNanos;
    long connectNanos = UNKNOWN;
    long headNanos = UNKNOWN;
    int memberStatus;
    long nanos;
    long endedMillis;

    /** @param loop the one that writes it */
    public LogLine(LogStream stream, EventLoop loop, InetSocketAddress client, @Nullable TlsFacts tls) {
        this.stream = stream;
        this.loop = loop;
        this.client = client;
        this.tls = tls;
        this.beganNanos = loop.nanoTime();
    }

    LogStream stream() {
        return stream;
    }

    /** About how much memory it takes. */
    int bytes() {
        var asked = request;
        return OWN_BYTES + (asked == null ? 0 : asked.bytes());
    }

    /** HTTP: what was asked for. */
    public void requested(RequestFacts facts) {
        request = facts;
    }

    /** So many bytes came from the client. */
    public void received(long count) {
        receivedBytes += count;
    }

    /** So many bytes were written to the client. */
    public void sent(long count) {
        sentBytes += count;
    }

    /** It goes to that member; a second time after another one failed. */
    public void picked(MemberPool pool, Member picked, int clientPort) {
        picks++;
        isSticky = false;
        poolId = pool.id();
        memberId = picked.id();
        member = picked.addressFor(clientPort);
        pickedNanos = loop.nanoTime();
        connectNanos = UNKNOWN;
        headNanos = UNKNOWN;
        memberStatus = 0;
    }

    /** The member that was picked last is the one that the client belongs to. */
    public void stuck() {
        isSticky = true;
    }

    /** A connection to the member was made, not taken from those that were kept. */
    public void connected() {
        connectNanos = loop.nanoTime() - pickedNanos;
    }

    /** HTTP: the member's head is complete. */
    public void answered(int statusOfMember) {
        memberStatus = statusOfMember;
        headNanos = loop.nanoTime() - pickedNanos;
    }

    /**
     * It is over.
     *
     * @param finalStatus HTTP: as the client sees it; 0 when it sees none
     * @param why what went wrong or was answered by ourselves, in lower case with hyphens; null when all went well
     */
    public void end(int finalStatus, @Nullable String why) {
        status = finalStatus;
        reason = why;
        nanos = loop.nanoTime() - beganNanos;
        endedMillis = System.currentTimeMillis();
        stream.log().offer(loop.index(), this);
    }

    /** How long the member had it, to the end; {@link #UNKNOWN} without one. */
    long memberNanos() {
        return picks == 0 ? UNKNOWN : beganNanos + nanos - pickedNanos;
    }
}
