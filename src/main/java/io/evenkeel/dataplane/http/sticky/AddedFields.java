package io.evenkeel.dataplane.http.sticky;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.message.ResponseHead;

/** What is added to the head of a member's final response, or to the 101 that ends HTTP. */
public interface AddedFields {

    /** Told of the head before it goes on, once; whether anything is to be added to it. */
    boolean belongTo(ResponseHead head);

    /** Writes whole lines. */
    void append(Block out);
}
