package io.evenkeel.dataplane.http.gzip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.evenkeel.dataplane.http.message.KnownField;
import io.evenkeel.dataplane.http.message.MessageBody;
import io.evenkeel.dataplane.http.message.RequestHead;
import io.evenkeel.dataplane.http.message.ResponseHead;
import java.util.Locale;
import java.util.Set;

/** Which responses are compressed, and what their heads say then (RFC 9110 §8.4, §8.8.1, §12.5.3, §12.5.5). */
public final class GzipRules {

    /** Shorter ones are not worth it. */
    static final int MIN_BYTES = 1024;

    private static final int MAX_VALUE_BYTES = 1024;
    private static final byte[] ACCEPT_ENCODING = name("accept-encoding");
    private static final byte[] CONTENT_ENCODING = name("content-encoding");
    private static final byte[] CONTENT_TYPE = name("content-type");
    private static final byte[] CACHE_CONTROL = name("cache-control");
    private static final byte[] VARY = name("vary");
    private static final byte[] ETAG = name("etag");
    /** Of the bytes as they were. */
    private static final byte[][] OF_OTHER_BYTES = {name("accept-ranges"), name("content-md5"), name("content-digest")};

    private static final byte[] VARY_LINE = name("Vary: Accept-Encoding\r\n");
    private static final byte[] ENCODING_LINES = name("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n");

    private static final Set<String> TYPES = Set.of(
            "application/javascript",
            "application/x-javascript",
            "application/json",
            "application/xml",
            "application/wasm",
            "image/svg+xml");

    private GzipRules() {}

    private static byte[] name(String ascii) {
        return ascii.getBytes(US_ASCII);
    }

    /** Whether the client says that it takes gzip; silence means no, as everywhere. HTTP/1.0 has no chunks to send it in. */
    public static boolean isAccepted(RequestHead head) {
        return !head.isHttp10() && isAccepted(head.values(ACCEPT_ENCODING, MAX_VALUE_BYTES));
    }

    static boolean isAccepted(String acceptEncoding) {
        boolean isGzip = false;
        boolean isAny = false;
        for (var part : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
            int semicolon = part.indexOf(';');
            var coding = (semicolon < 0 ? part : part.substring(0, semicolon)).strip();
            boolean isWanted = semicolon < 0 || !isZero(part.substring(semicolon + 1));
            if (coding.equals("gzip") || coding.equals("x-gzip")) {
                if (!isWanted) {
                    return false;
                }
                isGzip = true;
            }
            isAny |= coding.equals("*") && isWanted;
        }
        return isGzip || isAny;
    }

    /** {@code q=0}, however long. */
    private static boolean isZero(String parameter) {
        var text = parameter.strip();
        return text.startsWith("q=") && text.substring(2).strip().matches("0(\\.0*)?");
    }

    /** Whether the response could be compressed for a client that takes it. */
    public static boolean isCompressible(ResponseHead head, MessageBody.Kind kind) {
        return kind != MessageBody.Kind.NONE
                && head.status() != 206
                && (kind != MessageBody.Kind.LENGTH || head.contentLength() >= MIN_BYTES)
                && isTypeCompressible(head.values(CONTENT_TYPE, MAX_VALUE_BYTES))
                && isNotEncoded(head.values(CONTENT_ENCODING, MAX_VALUE_BYTES))
                && !has(head.values(CACHE_CONTROL, MAX_VALUE_BYTES), "no-transform");
    }

    private static boolean isNotEncoded(String contentEncoding) {
        return contentEncoding.isEmpty() || contentEncoding.equalsIgnoreCase("identity");
    }

    static boolean isTypeCompressible(String contentType) {
        int semicolon = contentType.indexOf(';');
        var type = (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
        // Events are told one by one, each too short to gain anything.
        return (type.startsWith("text/") && !type.equals("text/event-stream"))
                || TYPES.contains(type)
                || (type.startsWith("application/") && (type.endsWith("+json") || type.endsWith("+xml")));
    }

    /** The head of a compressible response says that others may get it in another form. */
    public static void vary(ResponseHead head) {
        var vary = head.values(VARY, MAX_VALUE_BYTES);
        if (!has(vary, "*") && !has(vary, "accept-encoding")) {
            head.add(VARY_LINE);
        }
    }

    /** The head of a compressed response: chunked, of the same meaning but other bytes. */
    public static void compress(ResponseHead head) {
        vary(head);
        head.drop(KnownField.CONTENT_LENGTH);
        head.drop(KnownField.TRANSFER_ENCODING);
        head.drop(KnownField.TRAILER);
        head.drop(CONTENT_ENCODING);
        for (var field : OF_OTHER_BYTES) {
            head.drop(field);
        }
        var tag = head.values(ETAG, MAX_VALUE_BYTES);
        if (tag.startsWith("\"")) {
            head.drop(ETAG);
            head.add(("ETag: W/" + tag + "\r\n").getBytes(ISO_8859_1));
        }
        head.add(ENCODING_LINES);
    }

    /** Whether the list has that member. */
    private static boolean has(String list, String wanted) {
        for (var part : list.split(",", -1)) {
            if (part.strip().equalsIgnoreCase(wanted)) {
                return true;
            }
        }
        return false;
    }
}
