package io.evenkeel.dataplane.http2;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;

/**
 * Where clients that were told to calm down came from, so that coming back makes nobody patient anew: an address of IPv4,
 * the first half of one of IPv6. Of two with the same place the later one is remembered. For one thread.
 */
final class CalmedPeers {

    private static final int PLACES = 1024;
    private static final int PLACE_SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(PLACES);
    /** Mixes the bits of a key: 2^64 by the golden ratio. */
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    static final long REMEMBERED_NANOS = Duration.ofSeconds(10).toNanos();

    private final long[] keys = new long[PLACES];
    private final long[] calmedNanos = new long[PLACES];

    void remember(InetAddress peer, long nowNanos) {
        long key = keyOf(peer);
        int place = placeOf(key);
        keys[place] = key;
        calmedNanos[place] = nowNanos;
    }

    boolean remembers(InetAddress peer, long nowNanos) {
        long key = keyOf(peer);
        int place = placeOf(key);
        return keys[place] == key && nowNanos - calmedNanos[place] < REMEMBERED_NANOS;
    }

    private static int placeOf(long key) {
        return (int) ((key * GOLDEN) >>> PLACE_SHIFT);
    }

    /** Never 0, which stands for nobody. */
    private static long keyOf(InetAddress peer) {
        var bytes = peer.getAddress();
        int count = peer instanceof Inet6Address ? Long.BYTES : bytes.length;
        long key = peer instanceof Inet6Address ? 0 : 1;
        for (int i = 0; i < count; i++) {
            key = (key << Byte.SIZE) | (bytes[i] & 0xff);
        }
        return key == 0 ? 1 : key;
    }
}
