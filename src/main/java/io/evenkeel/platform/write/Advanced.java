package io.evenkeel.platform.write;

import java.util.UUID;

/**
 * A load balancer or pool that a write created, advanced or deleted.
 *
 * @param generation that the write gave it
 */
public record Advanced(Kind kind, UUID id, long generation) {

    /** What has a generation. */
    public enum Kind {
        LOAD_BALANCER("loadbalancer"),
        POOL("pool");

        private final String onWire;

        Kind(String onWire) {
            this.onWire = onWire;
        }

        public String onWire() {
            return onWire;
        }
    }

    /** Where it is found below {@code /v3/{project_id}/elb}, without the leading slash. */
    public String path() {
        return kind.onWire() + "s/" + id;
    }

    @Override
    public String toString() {
        return "Generation " + generation + " of " + kind.onWire() + " " + id;
    }
}
