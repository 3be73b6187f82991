package io.evenkeel.dataplane.accesslog;

import io.evenkeel.dataplane.transport.TestTransports;
import io.evenkeel.dataplane.transport.Transport;
import io.evenkeel.desiredstate.DesiredAccessLog;
import io.evenkeel.desiredstate.ListenerProtocol;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Lines for tests, told on a loop of a transport of their own. */
final class LogLines implements AutoCloseable {

    static final InetSocketAddress CLIENT = new InetSocketAddress("203.0.113.9", 51234);

    private final Transport transport = TestTransports.open(1);
    private final LogStream stream;

    LogLines(AccessLog log) {
        stream = new LogStream(
                log,
                new UUID(0, 1),
                new UUID(0, 2),
                ListenerProtocol.HTTP,
                new InetSocketAddress("192.0.2.7", 80),
                new DesiredAccessLog("g", "t"));
    }

    /** One that asks for that target. */
    LogLine line(String target, String userAgent) {
        var line = new LogLine(stream, transport.loops().getFirst(), CLIENT, null);
        line.requested(new RequestFacts(
                "GET".getBytes(StandardCharsets.US_ASCII),
                target.getBytes(StandardCharsets.ISO_8859_1),
                "HTTP/1.1",
                "shop.example".getBytes(StandardCharsets.US_ASCII),
                userAgent.getBytes(StandardCharsets.ISO_8859_1),
                null));
        return line;
    }

    /** Ends so many lines on the loop. */
    void tell(int count, String target) {
        CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < count; i++) {
                                line(target, "agent").end(200, null);
                            }
                        },
                        transport.loops().getFirst()::execute)
                .join();
    }

    @Override
    public void close() {
        transport.close();
    }
}
