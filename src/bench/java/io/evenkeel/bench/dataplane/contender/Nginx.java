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
import java.util.stream.Stream;

/** nginx with one worker process; TCP and UDP by its stream module, which distributions may ship apart. */
public final class Nginx implements Contender {

    private static final int FIRST_PORT = 8_300;
    private static final List<Path> STREAM_MODULES = List.of(
            Path.of("/usr/lib/nginx/modules/ngx_stream_module.so"),
            Path.of("/usr/share/nginx/modules/ngx_stream_module.so"));

    private final Child master;
    private final String version;

    private Nginx(Child master, String version) {
        this.master = master;
        this.version = version;
    }

    /** Empty where it is not installed. */
    public static Optional<Contender> start(Path directory, Backends backends) throws IOException {
        var program = Programs.find("nginx");
        if (program.isEmpty()) {
            return Optional.empty();
        }
        var path = program.get().toString();
        var version = Programs.run(List.of(path, "-v")).strip().replaceFirst(".*/([\\d.]+).*", "$1");
        var home = directory.toAbsolutePath();
        var certificate = BenchCertificate.write(home);
        var configuration = Files.writeString(home.resolve("nginx.conf"), configuration(home, certificate, backends));
        var master = Child.start(
                home, "nginx", Child.MEASURED, List.of(path, "-e", "stderr", "-c", configuration.toString()));
        var started = new Nginx(master, version);
        Patience.require("nginx", master, () -> Endpoints.accepts(started.port(Service.WEB)));
        return Optional.of(started);
    }

    private static String configuration(Path home, Path certificate, Backends backends) {
        var modules = STREAM_MODULES.stream()
                .filter(Files::exists)
                .limit(1)
                .map("load_module %s;\n"::formatted)
                .collect(Collectors.joining());
        var temporary = Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
                .map(name -> "%s_temp_path %s/%s;\n".formatted(name, home, name))
                .collect(Collectors.joining());
        return modules
                + """
                daemon off;
                worker_processes 1;
                worker_rlimit_nofile 20000;
                pid %s/nginx.pid;
                events { worker_connections 19000; multi_accept on; }
                http {
                  access_log off;
                  keepalive_timeout 60s;
                  keepalive_requests 1000000000;
                  %s
                  upstream web { %s keepalive 128; keepalive_requests 1000000000; }
                  server {
                    listen 127.0.0.1:%d backlog=4096;
                    listen 127.0.0.1:%d ssl http2 backlog=4096;
                    ssl_certificate %s;
                    ssl_certificate_key %s;
                    ssl_protocols TLSv1.2 TLSv1.3;
                    location / {
                      proxy_pass http://web;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                      proxy_set_header X-Forwarded-Proto http;
                    }
                  }
                %s}
                stream {
                %s%s%s%s}
                """.formatted(
                                home,
                                temporary,
                                servers(Service.WEB, backends),
                                Service.WEB.port(FIRST_PORT),
                                Service.SECURE.port(FIRST_PORT),
                                certificate,
                                certificate,
                                routed(backends),
                                stream(Service.ECHO, "", "", backends),
                                stream(Service.SOURCE, "", "", backends),
                                stream(Service.SINK, "", "", backends),
                                stream(Service.DATAGRAM, " udp", "proxy_timeout 30s;", backends));
    }

    /** The cookie is made of maps, as is done where the module for it is not to be had. */
    private static String routed(Backends backends) {
        var addresses = backends.of(Service.ROUTED);
        var upstreams = IntStream.range(0, addresses.size())
                .mapToObj(i -> "  upstream routed%d { server %s; keepalive 128; keepalive_requests 1000000000; }\n"
                        .formatted(i, addresses.get(i)))
                .collect(Collectors.joining());
        var byCookie = IntStream.range(0, addresses.size())
                .mapToObj(i -> "s%d routed%d; ".formatted(i, i))
                .collect(Collectors.joining());
        var byAddress = IntStream.range(0, addresses.size())
                .mapToObj(i -> "%s s%d; ".formatted(addresses.get(i), i))
                .collect(Collectors.joining());
        var locations = IntStream.range(0, Service.POLICIES)
                .mapToObj("    location /app%d/ { proxy_pass http://$routed; }\n"::formatted)
                .collect(Collectors.joining());
        return """
                  upstream routed { %s keepalive 128; keepalive_requests 1000000000; }
                %s  map $cookie_route $routed { %sdefault routed; }
                  map $upstream_addr $answering { %s}
                  map $cookie_route $new_route { "" "route=$answering; Path=/"; }
                  server {
                    listen 127.0.0.1:%d backlog=4096;
                    server_name %s;
                    proxy_http_version 1.1;
                    proxy_set_header Connection "";
                    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                    proxy_set_header X-Forwarded-Proto http;
                    add_header Set-Cookie $new_route;
                %s    location / { proxy_pass http://routed; }
                  }
                """.formatted(
                        servers(Service.ROUTED, backends),
                        upstreams,
                        byCookie,
                        byAddress,
                        Service.ROUTED.port(FIRST_PORT),
                        Service.HOST,
                        locations);
    }

    private static String stream(Service service, String kind, String options, Backends backends) {
        return """
                  upstream %s { %s }
                  server { listen 127.0.0.1:%d%s%s; proxy_pass %s; %s }
                """.formatted(
                        service.name(),
                        servers(service, backends),
                        service.port(FIRST_PORT),
                        kind,
                        kind.isEmpty() ? " backlog=4096" : "",
                        service.name(),
                        options);
    }

    private static String servers(Service service, Backends backends) {
        return backends.of(service).stream().map("server %s; "::formatted).collect(Collectors.joining());
    }

    private InetSocketAddress port(Service service) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), service.port(FIRST_PORT));
    }

    @Override
    public String name() {
        return "nginx " + version;
    }

    @Override
    public Optional<InetSocketAddress> at(Service service) {
        return Optional.of(port(service));
    }

    @Override
    public List<Long> processes() {
        return master.children();
    }

    @Override
    public void close() {
        master.close();
    }
}
