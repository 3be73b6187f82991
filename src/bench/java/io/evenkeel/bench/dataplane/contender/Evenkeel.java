package io.evenkeel.bench.dataplane.contender;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The packaged service with one event loop: its worker in a process apart, or in one with the API. */
public final class Evenkeel implements Contender {

    private static final Logger log = LoggerFactory.getLogger(Evenkeel.class);

    /** As {@code docs/operations.md} advises for a worker alone. */
    private static final List<String> WORKER_FLAGS = List.of("-XX:+UseSerialGC", "-Xmx128m");

    private static final Duration UNTIL_DATAGRAMS = Duration.ofSeconds(5);

    private final Child process;
    private final Deployment deployment;
    private final Set<Service> services = EnumSet.noneOf(Service.class);

    private Evenkeel(Child process, Deployment deployment) {
        this.process = process;
        this.deployment = deployment;
    }

    /** A worker on the measured processor, over the database of the other process. */
    public static Evenkeel start(Path directory, ServiceProcess service, Deployment deployment) throws IOException {
        var command = new ArrayList<String>();
        command.add(Programs.java("java"));
        command.addAll(WORKER_FLAGS);
        command.addAll(List.of("-jar", Programs.jar().toString()));
        command.addAll(List.of(
                "--evenkeel.roles=worker",
                "--evenkeel.home=" + directory.resolve("home-of-worker").toAbsolutePath(),
                "--evenkeel.worker.event-loops=1",
                "--management.server.port=0"));
        command.addAll(service.shared());
        return serving(Child.start(directory, "worker", Child.MEASURED, command), deployment);
    }

    /** The worker that runs in the service's own process. */
    public static Evenkeel embeddedIn(ServiceProcess service, Deployment deployment) throws IOException {
        return serving(service.process(), deployment);
    }

    private static Evenkeel serving(Child process, Deployment deployment) throws IOException {
        var started = new Evenkeel(process, deployment);
        for (var service : Service.values()) {
            var address = deployment.at(service);
            if (address.isPresent() && started.serves(service, address.get())) {
                started.services.add(service);
            }
        }
        return started;
    }

    private boolean serves(Service service, InetSocketAddress address) {
        return switch (service) {
            case WEB, ROUTED -> {
                Patience.require("An answer through the worker", process, () -> Endpoints.answersRequests(address));
                yield true;
            }
            case ECHO, SOURCE, SINK, SECURE -> {
                Patience.require("A connection through the worker", process, () -> Endpoints.accepts(address));
                yield true;
            }
            case DATAGRAM -> {
                boolean isServed = Patience.until(UNTIL_DATAGRAMS, process, () -> Endpoints.answersDatagrams(address));
                if (!isServed) {
                    log.warn("No UDP here, its test is skipped: {}", deployment.complaint(service));
                }
                yield isServed;
            }
        };
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public String name() {
        return "Evenkeel";
    }

    @Override
    public Optional<InetSocketAddress> at(Service service) {
        return services.contains(service) ? deployment.at(service) : Optional.empty();
    }

    @Override
    public List<Long> processes() {
        return List.of(process.pid());
    }

    @Override
    public void close() {
        process.close();
    }
}
