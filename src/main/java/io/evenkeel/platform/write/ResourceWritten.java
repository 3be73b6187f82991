package io.evenkeel.platform.write;

import org.jspecify.annotations.Nullable;

/**
 * A resource was created, changed or deleted. Published inside the transaction that does it, after its checks, so that
 * whoever listens takes part: the fact and the write exist together or not at all.
 *
 * @param projectId whose resource it is; {@link #NO_PROJECT} for what belongs to none, such as an availability zone
 * @param kind as in errors and paths: {@code loadbalancer}, {@code listener}, {@code pool}, {@code member}, …
 * @param id as on the wire
 * @param generation of the load balancer or pool that the write advanced, null where the resource has none
 * @param before the configuration as it was, a record of immutable values; null when created. Secrets in it are of a
 *     type that hides them
 * @param after the configuration as it is now; null when deleted
 */
public record ResourceWritten(
        String projectId,
        Action action,
        String kind,
        String id,
        @Nullable Long generation,
        @Nullable Object before,
        @Nullable Object after) {

    public static final String NO_PROJECT = "";

    /** What was done. */
    public enum Action {
        CREATE,
        UPDATE,
        DELETE
    }

    public static ResourceWritten created(
            String projectId, String kind, Object id, @Nullable Long generation, Object after) {
        return new ResourceWritten(projectId, Action.CREATE, kind, id.toString(), generation, null, after);
    }

    public static ResourceWritten updated(
            String projectId, String kind, Object id, @Nullable Long generation, Object before, Object after) {
        return new ResourceWritten(projectId, Action.UPDATE, kind, id.toString(), generation, before, after);
    }

    public static ResourceWritten deleted(
            String projectId, String kind, Object id, @Nullable Long generation, Object before) {
        return new ResourceWritten(projectId, Action.DELETE, kind, id.toString(), generation, before, null);
    }
}
