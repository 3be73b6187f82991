package io.evenkeel.agentsync;

import io.evenkeel.dataplane.WorkerOptions.VipBinding;
import io.evenkeel.dataplane.transport.kind.TransportKind;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The worker in this process.
 *
 * @param id unique in the installation and kept over restarts; default: made at the first start and kept in the home
 * @param availabilityZone where it runs; null when that is not said
 * @param vipBinding {@code address} binds the VIP, which must be on this host; {@code wildcard} binds all addresses
 * @param eventLoops threads that carry traffic; 0: one for each core
 * @param transport the kind of sockets; {@code auto} takes the fastest that this process can have
 */
@ConfigurationProperties("evenkeel.worker")
record WorkerProperties(
        @Nullable String id,
        @Nullable String availabilityZone,
        @DefaultValue("address") VipBinding vipBinding,
        @DefaultValue("0") int eventLoops,
        @DefaultValue("auto") TransportKind transport) {

    WorkerProperties {
        if (eventLoops < 0 || eventLoops > 1024) {
            throw new IllegalArgumentException("evenkeel.worker.event-loops must be 0..1024, got " + eventLoops);
        }
    }
}
