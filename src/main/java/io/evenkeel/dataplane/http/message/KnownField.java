package io.evenkeel.dataplane.http.message;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The fields that a proxy has to know; every other one passes as {@link #OTHER}. */
public enum KnownField {
    CONNECTION("connection"),
    CONTENT_LENGTH("content-length"),
    COOKIE("cookie"),
    EXPECT("expect"),
    HOST("host"),
    HTTP2_SETTINGS("http2-settings"),
    KEEP_ALIVE("keep-alive"),
    SET_COOKIE("set-cookie"),
    TE("te"),
    TRAILER("trailer"),
    TRANSFER_ENCODING("transfer-encoding"),
    UPGRADE("upgrade"),
    X_FORWARDED_ELB_ID("x-forwarded-elb-id"),
    X_FORWARDED_ELB_IP("x-forwarded-elb-ip"),
    X_FORWARDED_FOR("x-forwarded-for"),
    X_FORWARDED_FOR_PORT("x-forwarded-for-port"),
    X_FORWARDED_HOST("x-forwarded-host"),
    X_FORWARDED_PORT("x-forwarded-port"),
    X_FORWARDED_PROTO("x-forwarded-proto"),
    X_FORWARDED_TLS_CERTIFICATE_ID("x-forwarded-tls-certificate-id"),
    X_FORWARDED_TLS_CIPHER("x-forwarded-tls-cipher"),
    X_FORWARDED_TLS_PROTOCOL("x-forwarded-tls-protocol"),
    X_REAL_IP("x-real-ip"),
    /** Any field whose name starts so: all are between a client and its proxy. */
    PROXY_FIELD("proxy-"),
    OTHER("");

    private static final KnownField[][] BY_LENGTH = byLength();

    private final String lowerCase;

    KnownField(String lowerCase) {
        this.lowerCase = lowerCase;
    }

    private static KnownField[][] byLength() {
        int longest = Arrays.stream(values())
                .mapToInt(f -> f.lowerCase.length())
                .max()
                .orElse(0);
        var table = new KnownField[longest + 1][];
        for (int length = 0; length <= longest; length++) {
            int wanted = length;
            table[length] = Arrays.stream(values())
                    .filter(f -> f.compareTo(PROXY_FIELD) < 0 && f.lowerCase.length() == wanted)
                    .toArray(KnownField[]::new);
        }
        return table;
    }

    /** Finds a name whatever its case, and also if it is spelt with underscores, which CGI takes for hyphens. */
    static KnownField of(MemorySegment bytes, int start, int end) {
        int length = end - start;
        if (length < BY_LENGTH.length) {
            int first = length == 0 ? 0 : Ascii.lower(Ascii.at(bytes, start));
            for (var candidate : BY_LENGTH[length]) {
                if (candidate.lowerCase.charAt(0) == first && candidate.startsName(bytes, start)) {
                    return candidate;
                }
            }
        }
        return length > PROXY_FIELD.lowerCase.length() && PROXY_FIELD.startsName(bytes, start) ? PROXY_FIELD : OTHER;
    }

    /** Of a trailer's name, gathered in lower case. */
    static KnownField of(byte[] name, int length) {
        return of(MemorySegment.ofArray(name), 0, length);
    }

    private boolean startsName(MemorySegment bytes, int start) {
        for (int i = 0; i < lowerCase.length(); i++) {
            int c = Ascii.at(bytes, start + i);
            if (Ascii.lower(c) != lowerCase.charAt(i) && !(c == '_' && lowerCase.charAt(i) == '-')) {
                return false;
            }
        }
        return true;
    }

    /** Whether that is the name, in any case and with underscores for hyphens. */
    static boolean isSpelt(byte[] lowerCase, MemorySegment bytes, int start, int end) {
        if (end - start != lowerCase.length) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            int c = Ascii.lower(Ascii.at(bytes, start + i));
            if ((c == '_' ? '-' : c) != (lowerCase[i] == '_' ? '-' : lowerCase[i])) {
                return false;
            }
        }
        return true;
    }

    boolean framesTheMessage() {
        return this == CONTENT_LENGTH || this == TRANSFER_ENCODING || this == HOST || this == CONNECTION;
    }
}
