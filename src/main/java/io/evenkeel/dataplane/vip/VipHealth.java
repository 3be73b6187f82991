package io.evenkeel.dataplane.vip;

import java.util.Optional;
import java.util.UUID;

/**
 * Whether a worker serves a VIP.
 *
 * @param trouble why it does not; empty where it does
 */
public record VipHealth(UUID loadBalancerId, Optional<Trouble> trouble) {

    /**
     * What stands in the way.
     *
     * @param message a sentence for people
     */
    public record Trouble(Why why, String message) {}

    /** The names are shown. */
    public enum Why {
        /** The load balancer is switched off. */
        SWITCHED_OFF,
        /** It has no listener that is switched on, or none that any worker serves. */
        NO_LISTENER,
        /** This worker binds all addresses, and serves another VIP of the load balancer by that. */
        NOT_BOUND,
        /** A port of the VIP is held by somebody else on this host. */
        PORT_IN_USE,
        /** The VIP is not an address of this host. */
        ADDRESS_NOT_AVAILABLE,
        /** The operating system refused a port of the VIP for another reason. */
        CANNOT_BIND,
        /** No port is open, as no listener has a certificate that can be used. */
        CERTIFICATE_NOT_USABLE,
        /** Since the worker began some member has not been checked yet: it would refuse what others can serve. */
        NOT_CHECKED_YET
    }
}
