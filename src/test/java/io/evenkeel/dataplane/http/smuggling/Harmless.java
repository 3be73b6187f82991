package io.evenkeel.dataplane.http.smuggling;

import io.evenkeel.dataplane.http.smuggling.IndependentServer.Seen;
import java.util.List;
import java.util.stream.Stream;

/** Requests that look like an attempt, but are not: each is forwarded, and every server must read the same of it. */
record Harmless(String bytes, List<Seen> seen) {

    private static final String BODY = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final int LENGTH = BODY.length();
    private static final String HEX = Integer.toHexString(LENGTH);

    /** Fields beside which a body's length is given; none of them may change what it is. */
    private static final List<String> FIELDS = List.of(
            "X: y",
            "X-Content-Length: 0",
            "Content-Length-X: 0",
            "Content-Lengths: 0",
            "X: Transfer-Encoding: chunked",
            "X:\tTransfer-Encoding: chunked",
            "X: \u00a0Transfer-Encoding: chunked",
            "X-Transfer-Encoding: chunked",
            "Transfer-Encodings: chunked",
            "TE: chunked",
            "TE: trailers, chunked\r\nConnection: TE",
            "Trailer: Content-Length",
            "Expect: 100-continue",
            "Keep-Alive: timeout=0, max=0",
            "Connection: keep-alive, X-Content-Length\r\nX-Content-Length: 0",
            "Connection: Expect\r\nExpect: 100-continue",
            "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
            "Upgrade: websocket\r\nConnection: Upgrade",
            "X-HTTP-Method-Override: GET",
            "X-Forwarded-Host: b",
            "X-Original-URL: /hidden",
            "Range: bytes=0-0");

    private static Stream<Harmless> beside(String fields) {
        return Stream.of(
                new Harmless(
                        "POST /seen HTTP/1.1\r\nHost: a\r\n" + fields + "\r\nContent-Length: " + LENGTH + "\r\n\r\n"
                                + BODY,
                        List.of(new Seen("POST", "/seen", BODY))),
                new Harmless(
                        "POST /seen HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n" + fields + "\r\n\r\n" + HEX
                                + "\r\n" + BODY + "\r\n0\r\n\r\n",
                        List.of(new Seen("POST", "/seen", BODY))));
    }

    /** Chunked bodies with that content in one or more chunks. */
    private static final List<String> CHUNKS = List.of(
            HEX + ";a\r\n" + BODY + "\r\n0\r\n\r\n",
            HEX + ";a=\"0\"\r\n" + BODY + "\r\n0;b\r\n\r\n",
            HEX + ";a=\";\\\"b\"\r\n" + BODY + "\r\n0\r\n\r\n",
            "000" + HEX + "\r\n" + BODY + "\r\n000\r\n\r\n",
            "1\r\n" + BODY.substring(0, 1) + "\r\n" + Integer.toHexString(LENGTH - 1) + ";x;y=z\r\n" + BODY.substring(1)
                    + "\r\n0\r\n\r\n",
            // Its trailers the JDK's server does not know how to read.
            HEX + "\r\n" + BODY + "\r\n0\r\nX-Content-Length: 5\r\nX: Transfer-Encoding: chunked\r\n\r\n");

    private static Harmless chunked(String chunks) {
        return new Harmless(
                "POST /seen HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks,
                List.of(new Seen("POST", "/seen", BODY)));
    }

    private static final List<Harmless> OTHERS = List.of(
            new Harmless("\r\nGET /a HTTP/1.1\r\nHost: a\r\n\r\n", List.of(new Seen("GET", "/a", ""))),
            new Harmless(
                    "GET /a HTTP/1.1\r\nHost: a\r\n\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n",
                    List.of(new Seen("GET", "/a", ""), new Seen("GET", "/b", ""))),
            new Harmless("GET http://A:80/a HTTP/1.1\r\nHost: a\r\n\r\n", List.of(new Seen("GET", "/a", ""))),
            new Harmless("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", List.of(new Seen("GET", "/a", ""))),
            new Harmless(
                    "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n" + BODY,
                    List.of(new Seen("POST", "/a", ""), new Seen("GET", "/hidden", ""))),
            new Harmless("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n", List.of(new Seen("HEAD", "/a", ""))),
            new Harmless(
                    "DELETE /a?b=/hidden%20HTTP/1.1%0d%0aX HTTP/1.1\r\nHost: a\r\n\r\n",
                    List.of(new Seen("DELETE", "/a?b=/hidden%20HTTP/1.1%0d%0aX", ""))));

    boolean hasTrailers() {
        return bytes.contains("\r\n0\r\nX");
    }

    static Stream<Harmless> all() {
        return Stream.of(
                        FIELDS.stream().flatMap(Harmless::beside),
                        CHUNKS.stream().map(Harmless::chunked),
                        OTHERS.stream())
                .flatMap(vectors -> vectors);
    }
}
