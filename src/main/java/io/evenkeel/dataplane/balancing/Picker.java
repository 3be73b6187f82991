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
     * Another than {@code failed}, or {@link #NONE}.
     *
     * @param failed an index, or {@link #NONE} when the failed one is no candidate any more
     */
    int pickOther(long clientKey, int failed);

    /** This loop has just raised or lowered the candidate's {@link ActiveCount}. */
    void activeChanged(int index);
}
