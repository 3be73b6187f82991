package io.evenkeel.dataplane.http.sticky;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.message.ResponseHead;
import org.jspecify.annotations.Nullable;

/** What two have to say of a response's client, each for itself. */
public final class BothAdded implements AddedFields {

    private final AddedFields one;
    private final AddedFields other;
    private boolean hasOne;
    private boolean hasOther;

    private BothAdded(AddedFields one, AddedFields other) {
        this.one = one;
        this.other = other;
    }

    /** Null where neither has anything to say. */
    public static @Nullable AddedFields of(@Nullable AddedFields one, @Nullable AddedFields other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return new BothAdded(one, other);
    }

    @Override
    public boolean belongTo(ResponseHead head) {
        hasOne = one.belongTo(head);
        hasOther = other.belongTo(head);
        return hasOne || hasOther;
    }

    @Override
    public void append(Block out) {
        if (hasOne) {
            one.append(out);
        }
        if (hasOther) {
            other.append(out);
        }
    }
}
