package io.evenkeel.dataplane.http.rewrite;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.message.KnownField;
import io.evenkeel.dataplane.http.message.RequestHead;
import io.evenkeel.dataplane.http.routing.matching.Caller;
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
    private static final byte[] FORWARDED_HOST = ascii("X-Forwarded-Host: ");

    private final List<KnownField> replaced = new ArrayList<>();
    private final byte[] vipHost;
    private final String sameForAll;
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
        sameForAll = sameForAll(settings);
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
        out.append(client.lines(this));
        if (hasForwardedHost) {
            out.append(FORWARDED_HOST);
            if (!head.hasHost()) {
                out.append(vipHost);
            }
            head.appendValues(KnownField.HOST, out);
            out.append(LINE_END);
        }
    }

    /** What is the same for all requests of a client, from the end of its X-Forwarded-For on. */
    private byte[] linesFor(Client client) {
        var lines = new StringBuilder(client.host).append("\r\n");
        if (hasForwardedForPort) {
            line(lines, "X-Forwarded-For-Port", client.port);
        }
        if (hasRealIp) {
            line(lines, "X-Real-IP", client.host);
        }
        if (hasForwardedProto) {
            line(lines, "X-Forwarded-Proto", client.tls == null ? "http" : "https");
        }
        if (client.tls != null) {
            tlsLines(lines, client.tls);
        }
        return ascii(lines.append(sameForAll).toString());
    }

    private void tlsLines(StringBuilder lines, TlsFacts tls) {
        if (hasTlsCertificateId) {
            line(lines, "X-Forwarded-TLS-Certificate-ID", tls.certificateId());
        }
        if (hasTlsProtocol) {
            line(lines, "X-Forwarded-TLS-Protocol", tls.protocol());
        }
        if (hasTlsCipher) {
            line(lines, "X-Forwarded-TLS-Cipher", tls.cipher());
        }
    }

    /** Where a client connects from and how, and what each of its requests says of that. */
    public static final class Client {

        private final String host;
        private final String port;
        private final long key;
        private final InetSocketAddress address;
        private final @Nullable TlsFacts tls;
        private @Nullable InsertedFields linesOf;
        private byte[] lines = {};
        private @Nullable Caller caller;

        /** Without TLS. */
        public Client(InetSocketAddress address) {
            this(address, null);
        }

        /** @param tls null without TLS */
        public Client(InetSocketAddress address, @Nullable TlsFacts tls) {
            this.tls = tls;
            this.address = address;
            host = AddressText.of(address.getAddress());
            port = Integer.toString(address.getPort());
            key = ClientKey.of(address.getAddress());
        }

        // Made once for one settings, which are one object as long as they hold.
        @SuppressWarnings("ReferenceEquality")
        private byte[] lines(InsertedFields inserted) {
            if (linesOf != inserted) {
                linesOf = inserted;
                lines = inserted.linesFor(this);
            }
            return lines;
        }

        public long key() {
            return key;
        }

        /** As policies see it. */
        public Caller caller() {
            var known = caller;
            if (known == null) {
                known = new Caller(address, host);
                caller = known;
            }
            return known;
        }

        public boolean isTls() {
            return tls != null;
        }
    }
}
