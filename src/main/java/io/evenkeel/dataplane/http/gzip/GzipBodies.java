package io.evenkeel.dataplane.http.gzip;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What the responses of a loop are compressed with: a bounded number at a time. For the loop's thread alone. */
public final class GzipBodies {

    private static final int MAX_LENT = 64;
    private static final int MAX_KEPT = 8;

    private final ArrayDeque<GzipBody> kept = new ArrayDeque<>();
    private int lent;

    /** Null when as many as there may be are in use: that response goes on as it is. */
    public @Nullable GzipBody take() {
        if (lent == MAX_LENT) {
            return null;
        }
        lent++;
        var body = kept.pollLast();
        return body == null ? new GzipBody() : body;
    }

    public void give(GzipBody body) {
        lent--;
        if (kept.size() < MAX_KEPT) {
            body.reset();
            kept.addLast(body);
        } else {
            body.free();
        }
    }
}
