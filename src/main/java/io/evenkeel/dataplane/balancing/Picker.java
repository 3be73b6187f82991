package io.evenkeel.dataplane.balancing;

/**
 * Says which candidate takes the next request, by its index in the list the picker was built from. A picker belongs to
 * one loop: it may be built elsewhere, published safely, and is from then on used by that loop's thread alone.
 * No method allocates.
 */
public sealed interface Picker permits RoundRobinPicker, LeastConnectionsPicker, SourceIpPicker {

    int NONE = -1;

    /** The index of a candidate that takes new requests, or {@link #NONE}. The caller raises its count and tells. */
    int pick(long clientKey);

    /**
     * One that is none of {@code failed}, or {@link #NONE}.
     *
     * @param failed a handful of indexes, each looked through per step; {@link #NONE} for one that is no candidate any
     *     more; not kept
     */
    int pickOther(long clientKey, int... failed);

    /** This loop has just raised or lowered the candidate's {@link ActiveCount}. */
    void activeChanged(int index);
}
