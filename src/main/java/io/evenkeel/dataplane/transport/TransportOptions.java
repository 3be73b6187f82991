package io.evenkeel.dataplane.transport;

/**
 * What a transport is opened with.
 *
 * @param loops number of event loops, at least 1; each is a thread
 * @param lowWaterBytes a connection is writable again when no more than this waits to be sent
 * @param highWaterBytes a connection is not writable while more than this waits to be sent
 */
public record TransportOptions(int loops, int lowWaterBytes, int highWaterBytes) {

    public TransportOptions {
        if (loops < 1) {
            throw new IllegalArgumentException("loops must be at least 1, got " + loops);
        }
        if (lowWaterBytes < 1 || highWaterBytes <= lowWaterBytes) {
            throw new IllegalArgumentException(
                    "need 0 < lowWaterBytes < highWaterBytes, got " + lowWaterBytes + " and " + highWaterBytes);
        }
    }

    /** So many loops, 32 and 64 KiB of water marks. */
    public static TransportOptions ofLoops(int loops) {
        return new TransportOptions(loops, 32 << 10, 64 << 10);
    }

    /** One loop for each processor. */
    public static TransportOptions defaults() {
        return ofLoops(Runtime.getRuntime().availableProcessors());
    }
}
