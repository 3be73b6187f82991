package io.evenkeel.dataplane.transport.epoll.turn;

import io.evenkeel.dataplane.transport.epoll.linux.EpollEvents;
import io.evenkeel.dataplane.transport.epoll.linux.Errno;
import io.evenkeel.dataplane.transport.epoll.linux.Libc;
import io.evenkeel.dataplane.transport.epoll.linux.Sockets;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An epoll and who listens to which of its descriptors. A key is a slot and the slot's generation, so that an event of
 * a descriptor that was closed in the same turn reaches nobody, whoever has its slot or its number by then.
 */
public final class Poller {

    private static final Logger log = LoggerFactory.getLogger(Poller.class);

    /** What an epoll tells of one descriptor. */
    public interface Pollable {
        void onEvents(int events);

        /** The loop ends; the descriptor is to be closed and the listener's last calls made. */
        void end();
    }

    /** Everything that can happen to a connection, each told when it begins. */
    public static final int ALL_BY_EDGE =
            EpollEvents.IN | EpollEvents.PRIORITY | EpollEvents.OUT | EpollEvents.PEER_ENDED | EpollEvents.EDGE;

    private static final int EVENTS_PER_TURN = 512;

    private final Libc libc;
    private final int epoll;
    private final EpollEvents reported;
    private final EpollEvents added;
    private final List<@Nullable Pollable> slots = new ArrayList<>();
    private int[] generations = new int[64];
    private int[] freeSlots = new int[64];
    private int freeCount;

    public Poller(Libc libc, Arena arena) throws IOException {
        this.libc = libc;
        reported = new EpollEvents(arena, EVENTS_PER_TURN);
        added = new EpollEvents(arena, 1);
        epoll = Sockets.require(libc.epollCreate(), "epoll_create1");
    }

    /** Listens to a descriptor until it is closed; returns its key. */
    public long add(int fd, int events, Pollable pollable) throws IOException {
        int slot = takeSlot();
        long key = ((long) generations[slot] << 32) | slot;
        added.set(0, events, key);
        slots.set(slot, pollable);
        int result = libc.epollAdd(epoll, fd, added);
        if (result < 0) {
            remove(key);
        }
        Sockets.require(result, "epoll_ctl");
        return key;
    }

    /** An event of this descriptor only ends the waiting. */
    public void addWakeUps(int eventFd) throws IOException {
        add(eventFd, EpollEvents.IN | EpollEvents.EDGE, new Pollable() {
            @Override
            public void onEvents(int events) {}

            @Override
            public void end() {}
        });
    }

    /** Another listener takes over. */
    public void replace(long key, Pollable pollable) {
        slots.set((int) key, pollable);
    }

    /** Forgets the listener; its descriptor leaves the epoll when it is closed. */
    public void remove(long key) {
        int slot = (int) key;
        slots.set(slot, null);
        generations[slot]++;
        if (freeCount == freeSlots.length) {
            freeSlots = Arrays.copyOf(freeSlots, 2 * freeCount);
        }
        freeSlots[freeCount++] = slot;
    }

    /** Forgets the listener of a descriptor that stays open. */
    public void removeOpen(long key, int fd) {
        libc.epollRemove(epoll, fd);
        remove(key);
    }

    /** Waits for events; returns how many came. */
    public int poll(int timeoutMillis) {
        int count = libc.epollWait(epoll, reported, timeoutMillis);
        if (count < 0 && count != -Errno.EINTR) {
            throw new IllegalStateException(Errno.toException(-count, "epoll_wait"));
        }
        return Math.max(count, 0);
    }

    public void dispatch(int count) {
        for (int i = 0; i < count; i++) {
            long key = reported.key(i);
            int slot = (int) key;
            var pollable = slots.get(slot);
            if (pollable != null && generations[slot] == (int) (key >> 32)) {
                tell(pollable, reported.events(i));
            }
        }
    }

    /** Everyone who listens. */
    public List<Pollable> all() {
        return slots.stream().filter(Objects::nonNull).toList();
    }

    public void close() {
        libc.close(epoll);
    }

    // An event is told once: those behind one that failed must not be lost.
    private static void tell(Pollable pollable, int events) {
        try {
            pollable.onEvents(events);
        } catch (RuntimeException | Error failure) {
            log.atError().setCause(failure).log("An event of a socket could not be handled");
        }
    }

    private int takeSlot() {
        if (freeCount > 0) {
            return freeSlots[--freeCount];
        }
        int slot = slots.size();
        slots.add(null);
        if (slot == generations.length) {
            generations = Arrays.copyOf(generations, 2 * slot);
        }
        return slot;
    }
}
