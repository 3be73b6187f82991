package io.evenkeel.desiredstate.delivery;

import io.evenkeel.desiredstate.DesiredResource;
import io.evenkeel.desiredstate.ResourceKind;
import java.util.UUID;

/** What a worker is told: a resource as it should be, or that it is gone. */
public sealed interface Push {

    Epoch epoch();

    ResourceKind kind();

    UUID id();

    long generation();

    /** The whole resource, with the digest of its content. */
    record Put(Epoch epoch, DesiredResource resource, Digest digest) implements Push {
        @Override
        public ResourceKind kind() {
            return resource.kind();
        }

        @Override
        public UUID id() {
            return resource.id();
        }

        @Override
        public long generation() {
            return resource.generation();
        }
    }

    /** The resource was deleted; its generation lets nothing older bring it back. */
    record Remove(Epoch epoch, ResourceKind kind, UUID id, long generation) implements Push {}

    /**
     * The resource exists, and this worker is not to serve it any more: others do. It may come back as it was, but not
     * older.
     *
     * @param generation that of the last push of it
     */
    record Withdraw(Epoch epoch, ResourceKind kind, UUID id, long generation) implements Push {}
}
