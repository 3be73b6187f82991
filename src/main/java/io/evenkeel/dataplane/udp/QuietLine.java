package io.evenkeel.dataplane.udp;

import org.jspecify.annotations.Nullable;

/** Sessions in the order in which something last moved in them, linked through themselves. */
final class QuietLine {

    private @Nullable UdpSession first;
    private @Nullable UdpSession last;

    @Nullable
    UdpSession longestQuiet() {
        return first;
    }

    void add(UdpSession session) {
        session.before = last;
        session.after = null;
        if (last == null) {
            first = session;
        } else {
            last.after = session;
        }
        last = session;
    }

    void moveToEnd(UdpSession session) {
        if (last != session) {
            remove(session);
            add(session);
        }
    }

    void remove(UdpSession session) {
        var before = session.before;
        var after = session.after;
        if (before == null) {
            first = after;
        } else {
            before.after = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.before = before;
        }
        session.before = null;
        session.after = null;
    }
}
