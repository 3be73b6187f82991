package io.evenkeel.dataplane.http.rewrite;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.message.KnownField;
import io.evenkeel.dataplane.http.message.RequestHead;
import io.evenkeel.dataplane.pool.ClientKey;
import io.evenkeel.dataplane.settings.ListenerSettings;
import io.evenkeel.dataplane.transport.TlsFacts;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields that a listener's {@code insert_headers} adds to each request, made once for one settings. */
public final class InsertedFields {

    private static final byte[] LINE_END = ascii("\r\n");
    private static final byte[] SEPARATOR = ascii(", ");
    private static final byte[] HOST = ascii("Host: ");
    private static final byte[] FORWARDED_FOR = ascii("X-Forwarded-For: ");
    private static final byte[] FORWARDED_FOR_PORT = ascii("X-Forwarded-For-Port: ");
    private static final byte[] FORWARDED_HOST = ascii("X-Forwarded-Host: ");
    private static final byte[] REAL_IP = ascii("X-Real-IP: ");
    private static final byte[] PROTO_HTTP = ascii("X-Forwarded-Proto: http\r\n");
    private static final byte[] PROTO_HTTPS = ascii("X-Forwarded-Proto: https\r\n");
    private static final byte[] TLS_CERTIFICATE_ID = ascii("X-Forwarded-TLS-Certificate-ID: ");
    private static final byte[] TLS_PROTOCOL = ascii("X-Forwarded-TLS-Protocol: ");
    private static final byte[] TLS_CIPHER = ascii("X-Forwarded-TLS-Cipher: ");

    private final List<KnownField> replaced = new ArrayList<>();
    private final byte[] vipHost;
    private final byte[] sameForAll;
    private final boolean hasForwardedHost;
    private final boolean hasRealIp;
    private final boolean hasForwardedForPort;
    private final boolean hasForwardedProto;
    private final boolean hasTlsCertificateId;
    private final boolean hasTlsProtocol;
    private final boolean hasTlsCipher;

    public InsertedFields(ListenerSettings settings) {
        var switches = settings.insertHeaders();
        replaced.add(KnownField.X_FORWARDED_FOR);
        hasForwardedHost = isOn(switches, "X-Forwarded-Host", true, KnownField.X_FORWARDED_HOST);
        hasRealIp = isOn(switches, "X-Real-IP", false, KnownField.X_REAL_IP);
        hasForwardedForPort = isOn(switches, "X-Forwarded-For-Port", false, KnownField.X_FORWARDED_FOR_PORT);
        hasForwardedProto = isOn(switches, "X-Forwarded-Proto", false, KnownField.X_FORWARDED_PROTO);
        hasTlsCertificateId =
                isOn(switches, "X-Forwarded-TLS-Certificate-ID", false, KnownField.X_FORWARDED_TLS_CERTIFICATE_ID);
        hasTlsProtocol = isOn(switches, "X-Forwarded-TLS-Protocol", false, KnownField.X_FORWARDED_TLS_PROTOCOL);
        hasTlsCipher = isOn(switches, "X-Forwarded-TLS-Cipher", false, KnownField.X_FORWARDED_TLS_CIPHER);
        vipHost = ascii(authority(settings.vip()));
        sameForAll = ascii(sameForAll(settings));
    }

    private boolean isOn(Map<String, String> switches, String name, boolean byDefault, KnownField field) {
        boolean isOn = Boolean.parseBoolean(switches.getOrDefault(name, Boolean.toString(byDefault)));
        if (isOn) {
            replaced.add(field);
        }
        return isOn;
    }

    private String sameForAll(ListenerSettings settings) {
        var switches = settings.insertHeaders();
        var lines = new StringBuilder();
        if (isOn(switches, "X-Forwarded-ELB-IP", false, KnownField.X_FORWARDED_ELB_IP)) {
            line(lines, "X-Forwarded-ELB-IP", AddressText.of(settings.vip().getAddress()));
        }
        if (isOn(switches, "X-Forwarded-Port", false, KnownField.X_FORWARDED_PORT)) {
            line(lines, "X-Forwarded-Port", Integer.toString(settings.vip().getPort()));
        }
        if (isOn(switches, "X-Forwarded-ELB-ID", false, KnownField.X_FORWARDED_ELB_ID)) {
            line(lines, "X-Forwarded-ELB-ID", settings.loadBalancerId().toString());
        }
        return lines.toString();
    }

    private static void line(StringBuilder lines, String name, String value) {
        lines.append(name).append(": ").append(value).append("\r\n");
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String authority(InetSocketAddress vip) {
        var host = AddressText.of(vip.getAddress());
        return (vip.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + vip.getPort();
    }

    /** Takes out of the head what a client could only forge. */
    void dropForged(RequestHead head) {
        for (int i = 0; i < replaced.size(); i++) {
            head.drop(replaced.get(i));
        }
    }

    /** HTTP/1.0 may come without a Host, which HTTP/1.1 must not leave without. */
    void appendMissingHost(RequestHead head, Block out) {
        if (!head.hasHost()) {
            out.append(HOST).append(vipHost).append(LINE_END);
        }
    }

    void append(RequestHead head, Client client, Block out) {
        out.append(FORWARDED_FOR);
        if (head.appendValues(KnownField.X_FORWARDED_FOR, out)) {
            out.append(SEPARATOR);
        }
        out.append(client.host()).append(LINE_END);
        if (hasForwardedForPort) {
            out.append(FORWARDED_FOR_PORT).append(client.port()).append(LINE_END);
        }
        if (hasRealIp) {
            out.append(REAL_IP).append(client.host()).append(LINE_END);
        }
        if (hasForwardedHost) {
            out.append(FORWARDED_HOST);
            if (!head.hasHost()) {
                out.append(vipHost);
            }
            head.appendValues(KnownField.HOST, out);
            out.append(LINE_END);
        }
        if (hasForwardedProto) {
            out.append(client.tls() == null ? PROTO_HTTP : PROTO_HTTPS);
        }
        if (client.tls() != null) {
            appendTls(client.tls(), out);
        }
        out.append(sameForAll);
    }

    private void appendTls(TlsFacts tls, Block out) {
        if (hasTlsCertificateId) {
            out.append(TLS_CERTIFICATE_ID).append(ascii(tls.certificateId())).append(LINE_END);
        }
        if (hasTlsProtocol) {
            out.append(TLS_PROTOCOL).append(ascii(tls.protocol())).append(LINE_END);
        }
        if (hasTlsCipher) {
            out.append(TLS_CIPHER).append(ascii(tls.cipher())).append(LINE_END);
        }
    }

    /** Where a client connects from and how, in the forms that each of its requests needs. */
    public static final class Client {

        private final byte[] host;
        private final byte[] port;
        private final long key;
        private final @Nullable TlsFacts tls;

        /** Without TLS. */
        public Client(InetSocketAddress address) {
            this(address, null);
        }

        /** @param tls null without TLS */
        public Client(InetSocketAddress address, @Nullable TlsFacts tls) {
            this.tls = tls;
            host = ascii(AddressText.of(address.getAddress()));
            port = ascii(Integer.toString(address.getPort()));
            key = ClientKey.of(address.getAddress());
        }

        byte[] host() {
            return host;
        }

        byte[] port() {
            return port;
        }

        @Nullable
        TlsFacts tls() {
            return tls;
        }

        public long key() {
            return key;
        }
    }
}
