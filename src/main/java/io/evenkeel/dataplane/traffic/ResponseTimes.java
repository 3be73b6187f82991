package io.evenkeel.dataplane.traffic;

/**
 * The buckets of the histogram of response times: eight to each doubling, so that a bucket is at most an eighth wider than
 * its lower bound. In microseconds; what lasts longer than half an hour counts as that.
 */
public final class ResponseTimes {

    private static final int SUB_BITS = 3;
    private static final int SUB_BUCKETS = 1 << SUB_BITS;
    private static final int MAX_EXPONENT = 30;

    /** How many buckets there are. */
    public static final int BUCKETS = (MAX_EXPONENT - SUB_BITS + 2) * SUB_BUCKETS;

    private static final long MAX_MICROS = (1L << (MAX_EXPONENT + 1)) - 1;

    private ResponseTimes() {}

    static int bucketOf(long nanos) {
        long micros = Math.clamp(nanos / 1000, 0, MAX_MICROS);
        int exponent = 63 - Long.numberOfLeadingZeros(micros | SUB_BUCKETS);
        int shift = exponent - SUB_BITS;
        // Below 2^SUB_BITS every value has its own bucket; above, the bits after the first choose within a doubling.
        return micros < SUB_BUCKETS ? (int) micros : (shift + 1) * SUB_BUCKETS + (int) (micros >>> shift) - SUB_BUCKETS;
    }

    /** The first microsecond that is beyond the bucket. */
    public static long endMicros(int bucket) {
        if (bucket < SUB_BUCKETS) {
            return bucket + 1L;
        }
        int shift = bucket / SUB_BUCKETS - 1;
        return (long) (bucket % SUB_BUCKETS + SUB_BUCKETS + 1) << shift;
    }
}
