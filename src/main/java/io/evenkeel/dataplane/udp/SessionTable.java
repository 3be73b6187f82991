package io.evenkeel.dataplane.udp;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Sessions by their client's address and port: open addressing with linear probing. The hash is seeded, so that nobody
 * can choose source addresses that collide.
 */
final class SessionTable<S extends SessionTable.OfClient> {

    /** What it keeps. */
    interface OfClient {
        InetSocketAddress client();
    }

    private static final int FIRST_SIZE = 16;

    private final long seed;
    private @Nullable S[] slots = slots(FIRST_SIZE);
    private int size;

    SessionTable(long seed) {
        this.seed = mix(seed);
    }

    int size() {
        return size;
    }

    @Nullable
    S find(InetSocketAddress client) {
        return slots[slotOf(client)];
    }

    /** @param session of a client that has none here */
    void add(S session) {
        if (2 * (size + 1) > slots.length) {
            grow();
        }
        place(session);
        size++;
    }

    void remove(S session) {
        int hole = slotOf(session.client());
        if (slots[hole] == null) {
            return;
        }
        size--;
        slots[hole] = null;
        // What was pushed beyond the hole moves up, so that no search ends there too early.
        int i = next(hole);
        for (var pushed = slots[i]; pushed != null; pushed = slots[i]) {
            slots[i] = null;
            place(pushed);
            i = next(i);
        }
    }

    private void place(S session) {
        slots[slotOf(session.client())] = session;
    }

    /** Where the client's session is, or would be put. */
    private int slotOf(InetSocketAddress client) {
        int i = home(client);
        for (var held = slots[i]; held != null && !held.client().equals(client); held = slots[i]) {
            i = next(i);
        }
        return i;
    }

    @SuppressWarnings("unchecked") // An array of a type parameter cannot be made otherwise.
    private static <T extends OfClient> @Nullable T[] slots(int count) {
        return (T[]) new OfClient[count];
    }

    private void grow() {
        var before = slots;
        slots = slots(2 * before.length);
        for (var session : before) {
            if (session != null) {
                place(session);
            }
        }
    }

    private int next(int slot) {
        return (slot + 1) & (slots.length - 1);
    }

    private int home(InetSocketAddress client) {
        var address = client.getAddress();
        long hash;
        if (address instanceof Inet4Address) {
            // Its hash code is the address itself.
            hash = mix(seed ^ ((long) address.hashCode() << 16) ^ client.getPort());
        } else {
            var bytes = ByteBuffer.wrap(address.getAddress());
            hash = mix(mix(mix(seed ^ bytes.getLong(0)) ^ bytes.getLong(8)) ^ client.getPort());
        }
        return (int) hash & (slots.length - 1);
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mix(long bits) {
        long first = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        long second = (first ^ (first >>> 27)) * 0x94d049bb133111ebL;
        return second ^ (second >>> 31);
    }
}
