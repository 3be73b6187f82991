package io.evenkeel.dataplane.http.conformance;

/** One step of a vector: what one side does, or what it must see. Text is Latin-1, a character a byte. */
sealed interface Step {

    enum Who {
        CLIENT,
        MEMBER
    }

    /** @param isCut whether these bytes also go out in pieces; not so for an answer that only fills in */
    record Sends(Who who, String bytes, boolean isCut) implements Step {}

    /** Sees exactly these bytes next. */
    record Sees(Who who, String bytes) implements Step {}

    /** The member sees these bytes or only their beginning, and then loses the connection. */
    record SeesAtMost(String bytes) implements Step {}

    /** The client gets an answer of the proxy's own making. An empty reason means that the answer names none. */
    record GetsOwnAnswer(int status, String reason, boolean isSent, boolean closes) implements Step {}

    /** Sends FIN and goes on reading. */
    record Ends(Who who) implements Step {}

    record Resets(Who who) implements Step {}

    record SeesEnd(Who who) implements Step {}

    record SeesReset(Who who) implements Step {}

    /** The member sees FIN or RST: the system makes it RST where bytes came that nobody reads. */
    record IsLeft() implements Step {}

    /** The next request comes on the same connection to the member, or on a new one. */
    record NextComesOn(boolean isSameConnection) implements Step {}
}
