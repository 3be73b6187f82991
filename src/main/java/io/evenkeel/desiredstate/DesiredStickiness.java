package io.evenkeel.desiredstate;

import java.time.Duration;

/**
 * How a client is kept at one member.
 *
 * @param cookieName the application's cookie; empty unless the type is APP_COOKIE
 * @param timeout how long after it was last seen a client is kept; zero for APP_COOKIE, where it is the application's
 *     cookie that says so
 * @param key what the pool's cookies are made with, hexadecimal, the same for all workers, secret
 */
public record DesiredStickiness(Type type, String cookieName, Duration timeout, String key) {

    /** What a client is known by. */
    public enum Type {
        SOURCE_IP,
        HTTP_COOKIE,
        APP_COOKIE
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "DesiredStickiness[type=" + type + ", cookieName=" + cookieName + ", timeout=" + timeout + "]";
    }
}
