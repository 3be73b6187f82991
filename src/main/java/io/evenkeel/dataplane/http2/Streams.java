package io.evenkeel.dataplane.http2;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The open streams of a connection by their numbers, and which ones ended last. */
final class Streams {

    private static final int INITIAL = 8;
    private static final int REMEMBERED = 64;

    private @Nullable Lane[] slots = new Lane[INITIAL];
    private int count;
    private final int[] ended = new int[REMEMBERED];
    private int nextEnded;

    int count() {
        return count;
    }

    @Nullable
    Lane find(int streamId) {
        int slot = slot(streamId);
        for (var lane = slots[slot]; lane != null; lane = slots[slot]) {
            if (lane.streamId() == streamId) {
                return lane;
            }
            slot = next(slot);
        }
        return null;
    }

    private int slot(int streamId) {
        return (streamId >>> 1) & (slots.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (slots.length - 1);
    }

    void add(Lane lane) {
        if (2 * (count + 1) > slots.length) {
            var all = all();
            slots = new Lane[2 * slots.length];
            all.forEach(this::put);
        }
        put(lane);
        count++;
    }

    private void put(Lane lane) {
        int slot = slot(lane.streamId());
        while (slots[slot] != null) {
            slot = next(slot);
        }
        slots[slot] = lane;
    }

    /** @param mayEcho whether frames of the peer may still be on their way, because we ended it */
    void remove(Lane lane, boolean mayEcho) {
        int slot = slot(lane.streamId());
        while (!lane.equals(slots[slot])) {
            if (slots[slot] == null) {
                return;
            }
            slot = next(slot);
        }
        slots[slot] = null;
        count--;
        closeGap(next(slot));
        remember(mayEcho ? -lane.streamId() : lane.streamId());
    }

    /** A stream that is over before it began: frames of the peer may still be on their way. */
    void passOver(int streamId) {
        remember(-streamId);
    }

    private void remember(int number) {
        ended[nextEnded] = number;
        nextEnded = (nextEnded + 1) % REMEMBERED;
    }

    /** Those behind the gap are found no more unless they move up. */
    private void closeGap(int from) {
        int slot = from;
        for (var lane = slots[slot]; lane != null; lane = slots[slot]) {
            slots[slot] = null;
            put(lane);
            slot = next(slot);
        }
    }

    /** Whether it ended lately and frames of the peer may still be on their way. */
    boolean mayEcho(int streamId) {
        return isRemembered(-streamId);
    }

    /** Whether it ended lately, and the peer knows. */
    boolean hasEnded(int streamId) {
        return isRemembered(streamId);
    }

    private boolean isRemembered(int wanted) {
        for (int one : ended) {
            if (one == wanted) {
                return true;
            }
        }
        return false;
    }

    List<Lane> all() {
        var all = new ArrayList<Lane>(count);
        for (var lane : slots) {
            if (lane != null) {
                all.add(lane);
            }
        }
        return all;
    }
}
