package io.evenkeel.dataplane.http.routing.matching;

import io.evenkeel.dataplane.http.memory.BlockPool;
import io.evenkeel.dataplane.http.message.RefusedException;
import io.evenkeel.dataplane.http.message.RequestHead;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A request for tests of rules, with each part as it is written.
 *
 * @param fields whole lines
 */
public record Asked(String method, String host, String target, List<String> fields, String source) {

    public static Asked get(String host, String target) {
        return new Asked("GET", host, target, List.of(), "192.0.2.1");
    }

    Asked with(String... lines) {
        return new Asked(method, host, target, List.of(lines), source);
    }

    Asked by(String otherMethod) {
        return new Asked(otherMethod, host, target, fields, source);
    }

    Asked from(String otherSource) {
        return new Asked(method, host, target, fields, otherSource);
    }

    /** What a matcher says; -2 where the path is refused. */
    public int firstOf(Matcher matcher) {
        var wire = method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n"
                + String.join("", fields.stream().map(line -> line + "\r\n").toList()) + "\r\n";
        var bytes = wire.getBytes(StandardCharsets.UTF_8);
        var head = new RequestHead(new BlockPool(1 << 20));
        try {
            head.read(MemorySegment.ofArray(bytes), 0, bytes.length);
        } catch (RefusedException e) {
            throw new AssertionError(wire, e);
        }
        var view = new RequestView();
        try {
            view.read(head, new Caller(new InetSocketAddress(InetAddress.ofLiteral(source), 4711), source));
        } catch (RefusedException e) {
            return -2;
        }
        return matcher.first(view);
    }
}
