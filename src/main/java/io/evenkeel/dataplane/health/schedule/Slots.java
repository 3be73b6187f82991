package io.evenkeel.dataplane.health.schedule;

import org.jspecify.annotations.Nullable;

/** Places in a row, linked through themselves: adding, and taking any of them out, costs and allocates nothing. */
final class Slots<T> {

    private @Nullable Slot<T> first;
    private @Nullable Slot<T> last;

    @Nullable
    Slot<T> first() {
        return first;
    }

    boolean isEmpty() {
        return first == null;
    }

    void add(Slot<T> slot) {
        slot.in = this;
        slot.previous = last;
        slot.next = null;
        if (last == null) {
            first = slot;
        } else {
            last.next = slot;
        }
        last = slot;
    }

    void remove(Slot<T> slot) {
        var before = slot.previous;
        var after = slot.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
        slot.in = null;
        slot.previous = null;
        slot.next = null;
    }
}
