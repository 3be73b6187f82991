package io.evenkeel.dataplane.transport.epoll.linux;

import io.evenkeel.dataplane.fuzz.Claims;
import io.evenkeel.dataplane.fuzz.Guarded;

/** Addresses as the kernel writes them, or memory that holds anything: read the same through the cache and without. */
public final class AddressesFuzz {

    private static final int STRIDE = SocketAddresses.MAX_BYTES;
    private static final int ALIGNED = 32;
    private static final AddressCache CACHE = new AddressCache();
    private static final Guarded RAW = new Guarded(ALIGNED);
    private static final Guarded AGAIN = new Guarded(ALIGNED);

    private AddressesFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        for (int at = 0; at + STRIDE <= input.length; at += STRIDE) {
            RAW.place(input, at, at + STRIDE, (byte) 0xff);
            var raw = RAW.memory().asSlice(RAW.from(), STRIDE);
            var address = SocketAddresses.decode(raw);
            Claims.equal("Address from the cache", address, CACHE.decode(raw));
            Claims.equal("Address from the cache, again", address, CACHE.decode(raw));
            RAW.requireNeighboursUntouched();
            AGAIN.place(new byte[STRIDE], 0, STRIDE, (byte) 0xff);
            var written = SocketAddresses.encode(address, AGAIN.memory().asSlice(AGAIN.from(), STRIDE));
            AGAIN.requireNeighboursUntouched();
            Claims.that(written.byteSize() <= STRIDE, "Address too long", address);
            Claims.equal(
                    "Address written and read",
                    address,
                    SocketAddresses.decode(AGAIN.memory().asSlice(AGAIN.from(), STRIDE)));
        }
    }
}
