package io.evenkeel.dataplane.accesslog;

import io.evenkeel.dataplane.transport.TlsFacts;
import io.evenkeel.desiredstate.ListenerProtocol;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The lines as they are written; docs/access-log.md lists their fields. For one thread. */
final class LineFormat {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int RANDOM_BYTES = 8;

    private final String idPrefix;
    private long count;

    LineFormat() {
        var random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        idPrefix = HexFormat.of().formatHex(random);
    }

    void append(LogLine line, JsonText json) {
        json.begin();
        json.text("time", TIME.format(Instant.ofEpochMilli(line.endedMillis)));
        var stream = line.stream();
        json.text("type", type(stream.protocol()));
        json.text("id", idPrefix + HexFormat.of().toHexDigits(++count));
        json.text("log_group_id", stream.destination().groupId());
        json.text("log_topic_id", stream.destination().topicId());
        json.text("loadbalancer_id", stream.loadBalancerId());
        json.text("listener_id", stream.listenerId());
        address(json, "remote_addr", "remote_port", line.client);
        address(json, "vip_address", "listener_port", stream.vip());
        request(line, json);
        json.number("bytes_received", line.receivedBytes);
        json.number("bytes_sent", line.sentBytes);
        json.seconds(line.request == null ? "session_time" : "request_time", line.nanos);
        member(line, json);
        tls(line.tls, json);
        json.text("reason", line.reason);
        json.end();
    }

    private static String type(ListenerProtocol protocol) {
        return protocol.name().toLowerCase(Locale.ROOT);
    }

    private static void address(JsonText json, String name, String port, InetSocketAddress address) {
        json.text(name, address.getAddress().getHostAddress());
        json.number(port, address.getPort());
    }

    private static void request(LogLine line, JsonText json) {
        var request = line.request;
        if (request != null) {
            json.bytes("request_method", request.method);
            json.text("scheme", line.tls == null ? "http" : "https");
            json.bytes("host", request.host);
            json.bytes("request_uri", request.target);
            json.text("server_protocol", request.protocol);
            json.bytes("http_user_agent", request.userAgent);
            json.bytes("http_referer", request.referer);
        }
        if (line.status != 0) {
            json.number("status", line.status);
        }
    }

    private static void member(LogLine line, JsonText json) {
        var member = line.member;
        if (member == null) {
            return;
        }
        json.text("pool_id", line.poolId);
        json.text("member_id", line.memberId);
        address(json, "upstream_addr", "upstream_port", member);
        if (line.memberStatus != 0) {
            json.number("upstream_status", line.memberStatus);
        }
        json.seconds("upstream_connect_time", line.connectNanos);
        json.seconds("upstream_header_time", line.headNanos);
        json.seconds("upstream_response_time", line.memberNanos());
        json.number("retries", line.picks - 1L);
        json.truth("sticky", line.isSticky);
    }

    private static void tls(@Nullable TlsFacts tls, JsonText json) {
        if (tls != null) {
            json.text("ssl_protocol", tls.protocol());
            json.text("ssl_cipher", tls.cipher());
            json.text("sni_domain_name", tls.serverName());
            json.text("certificate_id", tls.certificateId());
        }
    }
}
