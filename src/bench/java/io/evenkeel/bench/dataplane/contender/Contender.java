package io.evenkeel.bench.dataplane.contender;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** A proxy that runs, on one processor, in front of the backends. Closing ends its processes. */
public interface Contender extends AutoCloseable {

    String name();

    /** Where the service is reached through it; empty where it has none such. */
    Optional<InetSocketAddress> at(Service service);

    /** The ids of the processes that carry the traffic. */
    List<Long> processes();

    @Override
    void close();
}
