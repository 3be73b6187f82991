package io.evenkeel.dataplane.http.sticky;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.message.RequestHead;
import io.evenkeel.dataplane.stickiness.SessionCookie;
import java.nio.charset.StandardCharsets;

/**
 * A cookie of our own in a request and in its response. Goes through those of its name and takes them all out of what the
 * member sees; of the first few it reads what was made with the key.
 */
final class OwnCookie {

    /** How far ahead the clock of another worker may be. */
    private static final int CLOCK_SLACK_SECONDS = 300;

    private static final int MAX_TRIES = 4;
    private static final int MAX_RENEWAL_SECONDS = 60;
    private static final int RENEWALS = 8;

    /** Of no cookie. */
    static final byte[] NO_NAME = {};

    private static final byte[] SET_COOKIE = ascii("Set-Cookie: ");
    private static final byte[] PATH = ascii("; Path=/; HttpOnly; ");
    // Pages of other sites may frame an application or call it: it would lose its sessions, and this cookie grants
    // nothing.
    private static final byte[] WITH_TLS = ascii("Secure; SameSite=None");
    private static final byte[] WITHOUT_TLS = ascii("SameSite=Lax");
    private static final byte[] MAX_AGE = ascii("; Max-Age=");
    private static final byte[] LINE_END = ascii("\r\n");

    private final boolean isTls;
    private final RequestCookies cookies = new RequestCookies();
    private final SessionCookie.Content content = new SessionCookie.Content();
    private final byte[] text = new byte[SessionCookie.LENGTH];
    private byte[] beside = NO_NAME;
    private int tries;

    OwnCookie(boolean isTls) {
        this.isTls = isTls;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    void begin(RequestHead head) {
        begin(head, NO_NAME);
    }

    /** @param otherName of cookies that are taken out as well, and not read; empty for none */
    void begin(RequestHead head, byte[] otherName) {
        tries = 0;
        beside = otherName;
        cookies.begin(head);
    }

    /** Goes to the next value that was made with the key; to be called until it answers false, or some stay in. */
    boolean next(SessionCookie cookie) {
        while (cookies.next()) {
            if (cookies.isNamed(cookie.name())) {
                cookies.cut();
                if (isMade(cookie)) {
                    return true;
                }
            } else if (beside.length > 0 && cookies.isNamed(beside)) {
                cookies.cut();
            }
        }
        return false;
    }

    /** Takes out all of that name, unread. */
    void takeOut(RequestHead head, byte[] name) {
        cookies.begin(head);
        while (cookies.next()) {
            if (cookies.isNamed(name)) {
                cookies.cut();
            }
        }
    }

    /** Likewise, and leaves all of them in. */
    boolean find(SessionCookie cookie) {
        while (cookies.next()) {
            if (cookies.isNamed(cookie.name()) && isMade(cookie)) {
                return true;
            }
        }
        return false;
    }

    private boolean isMade(SessionCookie cookie) {
        return ++tries <= MAX_TRIES && cookie.read(cookies.bytes(), cookies.valueStart(), cookies.valueEnd(), content);
    }

    /** The member's, or whatever else it leads to. */
    long mark() {
        return content.mark();
    }

    int session() {
        return content.session();
    }

    /** Seconds since it was issued; below zero by as much as the clock that issued it is ahead. */
    int age(int now) {
        return now - content.issuedAt();
    }

    static boolean isInTime(int age, int timeoutSeconds) {
        return age >= -CLOCK_SLACK_SECONDS && age <= timeoutSeconds;
    }

    static boolean isToBeRenewed(int age, int timeoutSeconds) {
        return age >= Math.min(MAX_RENEWAL_SECONDS, timeoutSeconds / RENEWALS);
    }

    /** @param timeoutSeconds 0 for as long as the client's own session */
    void append(Block out, SessionCookie cookie, long mark, int now, int session, int timeoutSeconds) {
        cookie.write(mark, now, session, text);
        out.append(SET_COOKIE).append(cookie.name()).append('=').append(text).append(PATH);
        out.append(isTls ? WITH_TLS : WITHOUT_TLS);
        if (timeoutSeconds > 0) {
            out.append(MAX_AGE).append(ascii(Integer.toString(timeoutSeconds)));
        }
        out.append(LINE_END);
    }
}
