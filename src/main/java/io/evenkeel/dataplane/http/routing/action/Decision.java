package io.evenkeel.dataplane.http.routing.action;

import io.evenkeel.dataplane.http.memory.Bytes;
import io.evenkeel.dataplane.http.message.RefusedException;
import io.evenkeel.dataplane.http.message.RequestHead;
import io.evenkeel.dataplane.http.routing.limit.Limiter;
import io.evenkeel.dataplane.http.routing.matching.Caller;
import io.evenkeel.dataplane.http.routing.matching.Place;
import io.evenkeel.dataplane.http.routing.matching.RequestView;
import io.evenkeel.dataplane.http.sticky.AddedFields;
import io.evenkeel.dataplane.http.sticky.PoolCookie;
import io.evenkeel.dataplane.pool.MemberPool;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one request: it goes to a pool, with changes or not, at once or later; it is answered; or it is over
 * its policy's limit. One for each loop, used again and again; what it says holds until the next request.
 */
public final class Decision {

    private static final int MAX_ANSWER_BYTES = 48 * 1024;
    private static final byte[] NO_BODY = {};

    private final RequestView view = new RequestView();
    private final HeadEdits edits = new HeadEdits();
    private final Bytes answer = new Bytes();
    private @Nullable RequestHead head;
    private @Nullable Caller caller;
    private @Nullable Place place;
    private @Nullable MemberPool pool;
    private @Nullable ResponseEdits responseEdits;
    private @Nullable PoolCookie cookie;
    private @Nullable AddedFields told;
    private @Nullable UUID policyId;
    private byte[] body = NO_BODY;
    private int loop;
    private int status;
    private long nanos;
    private long delayNanos;
    private boolean isOverLimit;

    /** Without any policy. */
    public Decision toPool(@Nullable MemberPool defaultPool) {
        pool = defaultPool;
        edits.clear();
        responseEdits = null;
        cookie = null;
        told = null;
        policyId = null;
        status = 0;
        delayNanos = 0;
        isOverLimit = false;
        return this;
    }

    /**
     * Begins to decide on a request, to be looked at by what is returned.
     *
     * @param now by the loop's clock
     * @throws RefusedException when it is answered so because no policy can be told to be the right one
     */
    public RequestView begin(RequestHead request, Place at, Caller from, int onLoop, long now) throws RefusedException {
        head = request;
        caller = from;
        place = at;
        loop = onLoop;
        nanos = now;
        view.read(request, from);
        return view;
    }

    /** @throws RefusedException when what the policy would write is too large */
    public void take(Route route) throws RefusedException {
        policyId = route.policyId();
        route.take(this);
    }

    /** The request's head is about to be gone. */
    public void end() {
        view.clear();
        head = null;
    }

    RequestHead head() {
        return required(head);
    }

    Caller caller() {
        return required(caller);
    }

    Place place() {
        return required(place);
    }

    private static <T> T required(@Nullable T known) {
        if (known == null) {
            throw new IllegalStateException("No request is being decided on");
        }
        return known;
    }

    int loop() {
        return loop;
    }

    /** The port that the client used, so far as it says. */
    int port() {
        return head().portOr(place().defaultPort());
    }

    void appendHost(Bytes out) {
        if (view.hostSize() == 0) {
            out.append(Text.bytes(place().vipHost()));
        } else {
            out.append(view.host(), 0, view.hostSize());
        }
    }

    /** False where the request is over the limit. */
    boolean isWithin(Optional<Limiter> limit) {
        if (limit.isPresent()) {
            long wait = limit.get().take(caller().key(), nanos);
            isOverLimit = wait == Limiter.REFUSED;
            delayNanos = isOverLimit ? 0 : wait;
        }
        return !isOverLimit;
    }

    void goTo(@Nullable MemberPool chosen, @Nullable ResponseEdits response) {
        pool = chosen;
        responseEdits = response;
    }

    /** @param newlyTold null where the client's own cookie says already where it belongs */
    void keepBy(PoolCookie policyCookie, @Nullable AddedFields newlyTold) {
        cookie = policyCookie;
        told = newlyTold;
    }

    /** The lines of the answer's head are to be written into what is returned. */
    Bytes beginAnswer(int newStatus, byte[] newBody) {
        status = newStatus;
        body = newBody;
        return answer.clear();
    }

    void checkAnswer() throws RefusedException {
        if (answer.size() > MAX_ANSWER_BYTES) {
            throw new RefusedException(431, "answer of a policy too large");
        }
    }

    /** Where it goes; null where nobody is. */
    public @Nullable MemberPool pool() {
        return pool;
    }

    /** By which the policy keeps the client at that pool, not for members; null where it does not. */
    public @Nullable PoolCookie cookie() {
        return cookie;
    }

    /** What the pool's response tells the client of that; null for nothing. */
    public @Nullable AddedFields told() {
        return told;
    }

    /** The policy that decided, null for none. */
    public @Nullable UUID policyId() {
        return policyId;
    }

    public boolean isOverLimit() {
        return isOverLimit;
    }

    /** How long it has to wait for its turn, usually 0. */
    public long delayNanos() {
        return delayNanos;
    }

    /** Whether it is answered instead of going to a member. */
    public boolean isAnswered() {
        return status != 0;
    }

    /** Of the answer. */
    public int status() {
        return status;
    }

    /** Of the answer: status line and fields, without any that say something of the connection. */
    public Bytes answerHead() {
        return answer;
    }

    /** Of the answer; not to be written to. */
    public byte[] answerBody() {
        return body;
    }

    public HeadEdits edits() {
        return edits;
    }

    public @Nullable ResponseEdits responseEdits() {
        return responseEdits;
    }
}
