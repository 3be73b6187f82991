package io.evenkeel.platform.web;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** What this instance itself listens on: never a backend, or a tenant could reach the control plane through a VIP. */
@Component
public class OwnSockets {

    private final Environment environment;
    private final JdbcConnectionDetails database;

    OwnSockets(Environment environment, JdbcConnectionDetails database) {
        this.environment = environment;
        this.database = database;
    }

    /** Whether the port on this address is our API, our management or our database. */
    public boolean include(InetAddress address, int port) {
        return ports().anyMatch(own -> own == port) && isOfThisHost(address);
    }

    private Stream<Integer> ports() {
        return Stream.of(
                        environment.getProperty("local.server.port"),
                        environment.getProperty("local.management.port"),
                        databasePort().orElse(null))
                .flatMap(Stream::ofNullable)
                .map(Integer::valueOf);
    }

    private Optional<String> databasePort() {
        var uri = URI.create(database.getJdbcUrl().replaceFirst("^jdbc:", "").replaceFirst("\\?.*", ""));
        return Optional.of(uri.getPort()).filter(port -> port > 0).map(String::valueOf);
    }

    private static boolean isOfThisHost(InetAddress address) {
        try {
            return address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true;
        }
    }
}
