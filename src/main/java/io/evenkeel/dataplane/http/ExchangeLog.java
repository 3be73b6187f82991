package io.evenkeel.dataplane.http;

import io.evenkeel.dataplane.accesslog.LogLine;
import io.evenkeel.dataplane.accesslog.RequestFacts;
import io.evenkeel.dataplane.http.message.RequestHead;
import io.evenkeel.dataplane.http.rewrite.ErrorAnswer;
import io.evenkeel.dataplane.pool.Member;
import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.dataplane.settings.ListenerSettings;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.TlsFacts;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an exchange tells the access log of its request, where its listener has one. Reused from request to request. */
final class ExchangeLog {

    private static final byte[] HOST = ascii("host");
    private static final byte[] USER_AGENT = ascii("user-agent");
    private static final byte[] REFERER = ascii("referer");

    private final Connection client;
    private @Nullable LogLine line;
    private int clientPort;

    ExchangeLog(Connection client) {
        this.client = client;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    void begin(RequestHead head, ListenerSettings settings) {
        if (settings.log() != null) {
            var begun = begin(client, settings);
            if (begun != null) {
                begun.requested(facts(head, client.tls()));
                begun.received(head.size());
            }
            line = begun;
            clientPort = settings.vip().getPort();
        }
    }

    private static @Nullable LogLine begin(Connection client, ListenerSettings settings) {
        var stream = settings.log();
        return stream == null ? null : new LogLine(stream, client.loop(), client.remoteAddress(), client.tls());
    }

    private static RequestFacts facts(RequestHead head, @Nullable TlsFacts tls) {
        return new RequestFacts(
                head.method(RequestFacts.MAX_METHOD_BYTES),
                head.target(RequestFacts.MAX_TARGET_BYTES),
                protocol(head, tls),
                head.value(HOST, RequestFacts.MAX_FIELD_BYTES),
                head.value(USER_AGENT, RequestFacts.MAX_FIELD_BYTES),
                head.value(REFERER, RequestFacts.MAX_FIELD_BYTES));
    }

    private static String protocol(RequestHead head, @Nullable TlsFacts tls) {
        if (tls != null && "h2".equals(tls.applicationProtocol())) {
            return "HTTP/2.0";
        }
        return head.isHttp10() ? "HTTP/1.0" : "HTTP/1.1";
    }

    void received(long bytes) {
        if (line != null) {
            line.received(bytes);
        }
    }

    void picked(MemberPool pool, Member member) {
        if (line != null) {
            line.picked(pool, member, clientPort);
        }
    }

    /** The client belongs to the member that was picked. */
    void stuck() {
        if (line != null) {
            line.stuck();
        }
    }

    void connected() {
        if (line != null) {
            line.connected();
        }
    }

    /** The member's head is complete. */
    void answered(int status) {
        if (line != null) {
            line.answered(status);
        }
    }

    /**
     * The request is over.
     *
     * @param status that the client was told; 0 when it was told none
     * @param sent bytes that were written to the client
     */
    void end(int status, long sent, @Nullable String reason) {
        if (line != null) {
            line.sent(sent);
            line.end(status, reason);
            line = null;
        }
    }

    static String reasonOf(ErrorAnswer answer) {
        var reason = answer.reason();
        return reason.isEmpty() ? answer.name().toLowerCase(Locale.ROOT).replace('_', '-') : reason;
    }

    /** A request that never began, because its client may no longer come. */
    static void refused(Connection client, ListenerSettings settings) {
        var line = begin(client, settings);
        if (line != null) {
            line.end(0, "ip-group");
        }
    }

    /** A request that never began, because its head was refused or did not come in time. */
    static void refused(Connection client, ListenerSettings settings, ErrorAnswer answer, long sent) {
        var line = begin(client, settings);
        if (line != null) {
            line.sent(sent);
            line.end(answer.status(), reasonOf(answer));
        }
    }
}
