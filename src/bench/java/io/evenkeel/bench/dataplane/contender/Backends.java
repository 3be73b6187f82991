package io.evenkeel.bench.dataplane.contender;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The servers behind all contenders: one process, on addresses of this host's loopback range. */
public final class Backends implements AutoCloseable {

    private static final int FIRST_PORT = 9_100;

    private final List<String> addresses;
    private final Child process;

    private Backends(List<String> addresses, Child process) {
        this.addresses = addresses;
        this.process = process;
    }

    public static Backends start(Path directory, List<String> addresses) throws IOException {
        var command = new ArrayList<String>();
        command.add(Programs.compile(directory, "backend").toString());
        command.add(Integer.toString(FIRST_PORT));
        command.addAll(addresses);
        var process = Child.start(directory, "backends", Child.OTHERS, command);
        Patience.require("The backend", process, () -> process.log().contains("ready"));
        return new Backends(addresses, process);
    }

    public long pid() {
        return process.pid();
    }

    static int port(Service service) {
        return service.behind().port(FIRST_PORT);
    }

    /** {@code address:port} of each that gives the service. */
    List<String> of(Service service) {
        return addresses.stream().map(address -> address + ":" + port(service)).toList();
    }

    @Override
    public void close() {
        process.close();
    }
}
