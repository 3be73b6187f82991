package io.evenkeel.bench.dataplane.contender;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** HAProxy with one thread; long streams by splice, connections to backends shared and kept. No UDP, which it has not. */
public final class Haproxy implements Contender {

    private static final int FIRST_PORT = 8_100;
    private static final String GENERAL = """
            global
              nbthread 1
              maxconn 17000
              no strict-limits
            defaults
              timeout connect 5s
              timeout client 60s
              timeout server 60s
              balance roundrobin
              retries 2
            """;
    private static final String WEB = """
              option http-keep-alive
              http-reuse always
              option forwardfor
              http-request set-header X-Forwarded-Proto http
            """;
    private static final String STREAM = """
              option splice-request
              option splice-response
            """;

    private final Child process;
    private final String version;

    private Haproxy(Child process, String version) {
        this.process = process;
        this.version = version;
    }

    /** Empty where it is not installed. */
    public static Optional<Contender> start(Path directory, Backends backends) throws IOException {
        var program = Programs.find("haproxy");
        if (program.isEmpty()) {
            return Optional.empty();
        }
        var path = program.get().toString();
        var version = Programs.run(List.of(path, "-v")).replaceFirst("(?s)HAProxy version ([\\d.]+).*", "$1");
        var configuration = Files.writeString(
                directory.resolve("haproxy.cfg"), configuration(backends, BenchCertificate.write(directory)));
        var process =
                Child.start(directory, "haproxy", Child.MEASURED, List.of(path, "-db", "-f", configuration.toString()));
        var started = new Haproxy(process, version);
        Patience.require("HAProxy", process, () -> Endpoints.accepts(started.port(Service.WEB)));
        return Optional.of(started);
    }

    private static String configuration(Backends backends, Path certificate) {
        return GENERAL
                + section(Service.WEB, "http", "", WEB, backends)
                + section(Service.SECURE, "http", " ssl crt " + certificate + " alpn h2,http/1.1", WEB, backends)
                + routed(backends)
                + section(Service.ECHO, "tcp", "", "", backends)
                + section(Service.SOURCE, "tcp", "", STREAM, backends)
                + section(Service.SINK, "tcp", "", STREAM, backends);
    }

    private static String section(Service service, String mode, String bind, String options, Backends backends) {
        var servers = backends.of(service).stream()
                .map(address -> "  server %s %s\n".formatted(address.replace(':', '-'), address))
                .collect(Collectors.joining());
        return """
                listen %s
                  mode %s
                  bind 127.0.0.1:%d backlog 4096%s
                """.formatted(service.name(), mode, service.port(FIRST_PORT), bind) + options + servers;
    }

    /** Kept connections are shared as elsewhere; the cookie is this proxy's own, and does not go to the backends. */
    private static String routed(Backends backends) {
        var rules = IntStream.range(0, Service.POLICIES)
                .mapToObj("  use_backend sticky if { hdr(host) -i bench.example } { path_beg /app%d/ }\n"::formatted)
                .collect(Collectors.joining());
        var addresses = backends.of(Service.ROUTED);
        var servers = IntStream.range(0, addresses.size())
                .mapToObj(i -> "  server s%d %s cookie s%d\n".formatted(i, addresses.get(i), i))
                .collect(Collectors.joining());
        return """
                frontend ROUTED
                  mode http
                  bind 127.0.0.1:%d backlog 4096
                %s%s  default_backend sticky
                backend sticky
                  mode http
                  http-reuse always
                  cookie route insert indirect nocache
                """.formatted(Service.ROUTED.port(FIRST_PORT), WEB.replace("  http-reuse always\n", ""), rules)
                + servers;
    }

    private InetSocketAddress port(Service service) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), service.port(FIRST_PORT));
    }

    @Override
    public String name() {
        return "HAProxy " + version;
    }

    @Override
    public Optional<InetSocketAddress> at(Service service) {
        return service == Service.DATAGRAM ? Optional.empty() : Optional.of(port(service));
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
