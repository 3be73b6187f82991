package io.evenkeel.dataplane.transport.epoll.turn;

import io.evenkeel.dataplane.transport.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be run at a time: a binary heap whose entries know their place, so that cancelling one takes it out at
 * once. Most timers are later than all others and are cancelled: both cost little more than touching the end.
 */
public final class TimerHeap {

    private final List<Entry> heap = new ArrayList<>();

    public EventLoop.Timer add(long dueNanos, Runnable task) {
        var entry = new Entry(dueNanos, task);
        heap.add(entry);
        moveUp(entry, heap.size() - 1);
        return entry;
    }

    public boolean isEmpty() {
        return heap.isEmpty();
    }

    /** When the first is due; only if there is one. */
    public long firstDueNanos() {
        return heap.getFirst().dueNanos;
    }

    /** Takes out the first task that is due; null when none is. */
    @Nullable
    public Runnable takeDue(long nowNanos) {
        if (heap.isEmpty() || heap.getFirst().dueNanos - nowNanos > 0) {
            return null;
        }
        var first = heap.getFirst();
        remove(first);
        return first.task;
    }

    private void remove(Entry entry) {
        int index = entry.index;
        var last = heap.removeLast();
        entry.index = Entry.NOWHERE;
        if (last == entry) {
            return;
        }
        moveUp(last, index);
        if (last.index == index) {
            moveDown(last, index);
        }
    }

    private void moveUp(Entry entry, int from) {
        int index = from;
        while (index > 0) {
            int parent = (index - 1) / 2;
            if (!entry.isBefore(heap.get(parent))) {
                break;
            }
            put(heap.get(parent), index);
            index = parent;
        }
        put(entry, index);
    }

    private void moveDown(Entry entry, int from) {
        int index = from;
        for (int child = 2 * index + 1; child < heap.size(); child = 2 * index + 1) {
            if (child + 1 < heap.size() && heap.get(child + 1).isBefore(heap.get(child))) {
                child++;
            }
            if (!heap.get(child).isBefore(entry)) {
                break;
            }
            put(heap.get(child), index);
            index = child;
        }
        put(entry, index);
    }

    private void put(Entry entry, int index) {
        heap.set(index, entry);
        entry.index = index;
    }

    private final class Entry implements EventLoop.Timer {

        private static final int NOWHERE = -1;

        private final long dueNanos;
        private final Runnable task;
        private int index = NOWHERE;

        private Entry(long dueNanos, Runnable task) {
            this.dueNanos = dueNanos;
            this.task = task;
        }

        private boolean isBefore(Entry other) {
            return dueNanos - other.dueNanos < 0;
        }

        @Override
        public void cancel() {
            if (index != NOWHERE) {
                remove(this);
            }
        }
    }
}
