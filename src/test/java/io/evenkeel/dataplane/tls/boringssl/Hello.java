package io.evenkeel.dataplane.tls.boringssl;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;

/** A client that offers one protocol and one cipher, byte by byte (RFC 5246 §7.4.1.2, RFC 8446 §4.1.2). */
final class Hello {

    /** Code points of the IANA registry "TLS Cipher Suites", by their OpenSSL names. */
    static final Map<String, Integer> CODES = Map.ofEntries(
            Map.entry("ECDHE-ECDSA-AES128-GCM-SHA256", 0xc02b),
            Map.entry("ECDHE-ECDSA-AES256-GCM-SHA384", 0xc02c),
            Map.entry("ECDHE-RSA-AES128-GCM-SHA256", 0xc02f),
            Map.entry("ECDHE-RSA-AES256-GCM-SHA384", 0xc030),
            Map.entry("ECDHE-RSA-CHACHA20-POLY1305", 0xcca8),
            Map.entry("ECDHE-ECDSA-CHACHA20-POLY1305", 0xcca9),
            Map.entry("ECDHE-ECDSA-AES128-SHA256", 0xc023),
            Map.entry("ECDHE-ECDSA-AES256-SHA384", 0xc024),
            Map.entry("ECDHE-RSA-AES128-SHA256", 0xc027),
            Map.entry("ECDHE-RSA-AES256-SHA384", 0xc028),
            Map.entry("ECDHE-ECDSA-AES128-SHA", 0xc009),
            Map.entry("ECDHE-ECDSA-AES256-SHA", 0xc00a),
            Map.entry("ECDHE-RSA-AES128-SHA", 0xc013),
            Map.entry("ECDHE-RSA-AES256-SHA", 0xc014),
            Map.entry("ECDHE-RSA-RC4-SHA", 0xc011),
            Map.entry("AES128-GCM-SHA256", 0x009c),
            Map.entry("AES256-GCM-SHA384", 0x009d),
            Map.entry("AES128-SHA256", 0x003c),
            Map.entry("AES256-SHA256", 0x003d),
            Map.entry("AES128-SHA", 0x002f),
            Map.entry("AES256-SHA", 0x0035),
            Map.entry("DES-CBC3-SHA", 0x000a),
            Map.entry("RC4-SHA", 0x0005),
            Map.entry("CAMELLIA128-SHA", 0x0041),
            Map.entry("CAMELLIA256-SHA", 0x0084),
            Map.entry("DHE-RSA-AES128-SHA", 0x0033),
            Map.entry("DHE-RSA-AES256-SHA", 0x0039),
            Map.entry("TLS_AES_128_GCM_SHA256", 0x1301),
            Map.entry("TLS_AES_256_GCM_SHA384", 0x1302),
            Map.entry("TLS_CHACHA20_POLY1305_SHA256", 0x1303),
            Map.entry("TLS_AES_128_CCM_SHA256", 0x1304),
            Map.entry("TLS_AES_128_CCM_8_SHA256", 0x1305));

    static final Map<String, Integer> VERSIONS =
            Map.of("TLSv1", 0x0301, "TLSv1.1", 0x0302, "TLSv1.2", 0x0303, "TLSv1.3", 0x0304);

    private static final int SERVER_HELLO = 2;

    private Hello() {}

    /** Whether the server goes on with the one protocol and the one cipher that are offered to it. */
    static boolean isTaken(ServerContext server, String protocol, String cipher) {
        int version = VERSIONS.getOrDefault(protocol, 0);
        int code = CODES.getOrDefault(cipher, 0);
        return answer(server, record(version, code))
                .filter(hello -> chosen(hello) == code)
                .isPresent();
    }

    /** The server's hello; none where it refuses. */
    private static Optional<byte[]> answer(ServerContext server, byte[] hello) {
        var engine = server.newEngine();
        var out = new ByteArrayOutputStream();
        try (var arena = Arena.ofConfined()) {
            engine.handshake(
                    arena.allocateFrom(ValueLayout.JAVA_BYTE, hello),
                    bytes -> out.writeBytes(bytes.toArray(ValueLayout.JAVA_BYTE)));
        } catch (SSLHandshakeException refused) {
            return Optional.empty();
        } finally {
            engine.free();
        }
        var answer = out.toByteArray();
        return answer.length > 44 && answer[0] == 22 && answer[5] == SERVER_HELLO
                ? Optional.of(answer)
                : Optional.empty();
    }

    private static int chosen(byte[] serverHello) {
        var bytes = MemorySegment.ofArray(serverHello);
        // Record header 5, message header 4, version 2, random 32, then the session id with its length.
        int at = 5 + 4 + 2 + 32;
        at += 1 + bytes.get(ValueLayout.JAVA_BYTE, at);
        return Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, at)) * 256
                + Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, at + 1));
    }

    /** One for TLS 1.2 that gives this name (RFC 6066 §3), whatever it is. */
    static byte[] naming(byte[] serverName) {
        var extensions = write(out -> {
            out.writeShort(0);
            out.writeShort(serverName.length + 5);
            out.writeShort(serverName.length + 3);
            out.writeByte(0);
            out.writeShort(serverName.length);
            out.write(serverName);
            out.write(extensions(VERSIONS.getOrDefault("TLSv1.2", 0)));
        });
        return record(0x0303, CODES.getOrDefault("ECDHE-ECDSA-AES256-GCM-SHA384", 0), extensions);
    }

    private static byte[] record(int version, int cipher) {
        return record(version, cipher, extensions(version));
    }

    private static byte[] record(int version, int cipher, byte[] extensions) {
        boolean isTls13 = version == 0x0304;
        var body = write(out -> {
            out.writeShort(isTls13 ? 0x0303 : version);
            out.write(new byte[32]);
            out.writeByte(0);
            out.writeShort(2);
            out.writeShort(cipher);
            out.writeShort(0x0100);
            out.writeShort(extensions.length);
            out.write(extensions);
        });
        return write(out -> {
            out.writeByte(22);
            out.writeShort(0x0301);
            out.writeShort(body.length + 4);
            out.writeByte(1);
            out.writeByte(0);
            out.writeShort(body.length);
            out.write(body);
        });
    }

    private static byte[] extensions(int version) {
        return write(out -> {
            // supported_groups: x25519, secp256r1
            shorts(out, 10, 6, 4, 29, 23);
            // signature_algorithms
            shorts(out, 13, 12, 10, 0x0403, 0x0804, 0x0401, 0x0203, 0x0201);
            // ec_point_formats: uncompressed
            shorts(out, 11, 2, 0x0100);
            if (version == 0x0304) {
                // supported_versions
                out.writeShort(43);
                out.writeShort(3);
                out.writeByte(2);
                out.writeShort(version);
                // key_share, x25519
                shorts(out, 51, 38, 36, 29, 32);
                out.writeByte(9);
                out.write(new byte[31]);
            }
        });
    }

    private static void shorts(DataOutputStream out, int... values) throws IOException {
        for (int value : values) {
            out.writeShort(value);
        }
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] write(Writing writing) {
        var bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
