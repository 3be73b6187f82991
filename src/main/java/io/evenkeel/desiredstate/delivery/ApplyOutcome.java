package io.evenkeel.desiredstate.delivery;

import java.util.List;
import java.util.UUID;

/** What a worker answers to a {@link Push}. */
public sealed interface ApplyOutcome {

    /**
     * Every event loop holds the pushed generation.
     *
     * @param problems parts that are applied and do not serve, such as a port that cannot be bound; usually none
     */
    record Applied(long generation, List<Problem> problems) implements ApplyOutcome {}

    /** A newer generation of the same epoch is held already; nothing changed. */
    record Outdated(long heldGeneration) implements ApplyOutcome {}

    /** Nothing of the push was applied; the last good state of this resource goes on serving. */
    record Rejected(long generation, Reason reason, String message) implements ApplyOutcome {}

    /** A listener that is known and does not serve. */
    record Problem(UUID listenerId, Reason reason, String message) {}

    /** Why something does not serve. The names are stored and shown in the API. */
    enum Reason {
        /** The data plane does not speak this protocol yet. */
        PROTOCOL_NOT_SERVED,
        /** Another process or listener holds the port. */
        PORT_IN_USE,
        /** The VIP is not an address of this host. */
        ADDRESS_NOT_AVAILABLE,
        /** The operating system refused for another reason; the message says which. */
        CANNOT_BIND,
        /**
         * A certificate, its key, the authorities or the security policy cannot be used; the message says which and
         * why. A listener that could use the ones before goes on with them.
         */
        CERTIFICATE_NOT_USABLE,
        /** The resource does not make sense to this worker. */
        INVALID
    }
}
