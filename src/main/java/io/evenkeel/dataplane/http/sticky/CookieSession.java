package io.evenkeel.dataplane.http.sticky;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.message.RequestHead;
import io.evenkeel.dataplane.http.message.ResponseHead;
import io.evenkeel.dataplane.pool.CookieStickiness;
import io.evenkeel.dataplane.pool.Member;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A client's session with one member, from the cookies of a request to those of its response: whom it belongs to, and
 * what the client is told so that its next request says so. Reused from request to request, on one loop.
 *
 * <p>A pool's own cookie leads to a member for the pool's time since it was issued, and is issued anew when the client
 * comes to another member, or is there still and an eighth of the time, at most a minute, has passed. A member that takes
 * no new clients renews nothing, so its sessions end in that time. The application's cookie is learnt by its value on each
 * worker; our own stands beside it for other workers and later starts, bound to that value.
 */
public final class CookieSession implements AddedFields {

    private final int loop;
    private final RequestCookies cookies = new RequestCookies();
    private final SetCookies set = new SetCookies();
    private final OwnCookie own;
    private @Nullable CookieStickiness stickiness;
    private @Nullable Member told;
    private @Nullable Member serving;
    private boolean hasValue;
    private long valueKey;
    private int session;
    private int age;

    /** @param isTls whether the client's connection is encrypted */
    public CookieSession(int loop, boolean isTls) {
        this.loop = loop;
        this.own = new OwnCookie(isTls);
    }

    /** Reads a request's cookies and takes out our own; returns the member they lead to, or null. */
    public @Nullable Member begin(CookieStickiness current, RequestHead head) {
        return begin(current, head, OwnCookie.NO_NAME);
    }

    /**
     * Likewise where a policy keeps clients as well.
     *
     * @param policyCookie the name of the policy's cookie, to be taken out too
     */
    public @Nullable Member begin(CookieStickiness current, RequestHead head, byte[] policyCookie) {
        stickiness = current;
        told = null;
        serving = null;
        hasValue = false;
        session = 0;
        age = 0;
        if (current.isOfApplication()) {
            findValue(current, head);
        }
        own.begin(head, policyCookie);
        while (own.next(current.cookie())) {
            if (told == null) {
                take(current);
            }
        }
        if (session == 0 && !current.isOfApplication()) {
            session = ThreadLocalRandom.current().nextInt();
        }
        var learnt = hasValue ? current.learnt(valueKey) : null;
        return learnt == null ? told : learnt;
    }

    private void findValue(CookieStickiness current, RequestHead head) {
        cookies.begin(head);
        while (!hasValue && cookies.next()) {
            if (cookies.isNamed(current.applicationCookie()) && cookies.valueStart() < cookies.valueEnd()) {
                hasValue = true;
                valueKey = current.keyOf(cookies.bytes(), cookies.valueStart(), cookies.valueEnd());
            }
        }
    }

    private void take(CookieStickiness current) {
        int since = own.age(current.now());
        boolean holds = current.isOfApplication()
                ? hasValue && own.session() == boundTo(valueKey)
                : OwnCookie.isInTime(since, current.timeoutSeconds());
        if (holds) {
            session = own.session();
            age = since;
            told = current.member(own.mark());
        }
    }

    /** Whether {@link #key} tells the session: not before the application's cookie is there. */
    public boolean hasKey() {
        return hasValue || stickiness == null || !stickiness.isOfApplication();
    }

    /** Tells sessions of the pool apart. */
    public long key() {
        return hasValue ? valueKey : session;
    }

    /** What our own cookie has in the place of the session's number, beside such a value of the application's. */
    private static int boundTo(long key) {
        return (int) key;
    }

    /** Who has the request now. */
    public void servedBy(Member member) {
        serving = member;
    }

    @Override
    public boolean belongTo(ResponseHead head) {
        var current = stickiness;
        var member = serving;
        if (current == null || member == null) {
            return false;
        }
        return current.isOfApplication() ? learn(current, member, head) : isToBeIssued(current, member);
    }

    private boolean isToBeIssued(CookieStickiness current, Member member) {
        if (isTold(member)) {
            return OwnCookie.isToBeRenewed(age, current.timeoutSeconds()) && member.takesNew(loop);
        }
        return true;
    }

    private boolean learn(CookieStickiness current, Member member, ResponseHead head) {
        boolean isSet = set.find(head, current.applicationCookie());
        if (!isSet && !hasValue) {
            return false;
        }
        long key = isSet ? current.keyOf(head.bytes(), set.start(), set.end()) : valueKey;
        current.learn(key, member);
        boolean isKnown = isTold(member) && session == boundTo(key);
        session = boundTo(key);
        return !isKnown;
    }

    // A member is one object for as long as it has its address.
    @SuppressWarnings("ReferenceEquality")
    private boolean isTold(Member member) {
        return told == member;
    }

    @Override
    public void append(Block out) {
        var current = stickiness;
        var member = serving;
        if (current != null && member != null) {
            var cookie = current.cookie();
            int timeoutSeconds = current.isOfApplication() ? 0 : current.timeoutSeconds();
            own.append(out, cookie, cookie.markOf(member.id()), current.now(), session, timeoutSeconds);
        }
    }
}
