package io.evenkeel.dataplane.http.smuggling;

import java.util.List;
import java.util.stream.Stream;

/** Requests that hide another: every one is to be refused. */
@SuppressWarnings("StringConcatToTextBlock") // a text block would not show its CRLF
final class Attempts {

    static final String HIDDEN = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n";

    /** Fields of a POST whose body is a hidden request; every one is to be refused. */
    private static final List<String> FRAMINGS = List.of(
            "Content-Length: 0\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nContent-Length: 0",
            "Content-Length: 0\r\nContent-Length: 35",
            "Content-Length: 35\r\nContent-Length: 0",
            "Content-Length: 0\r\nContent-Length: 0",
            "Content-Length: 0, 35",
            "Content-Length: 0 35",
            "Content-Length: +0",
            "Content-Length: -1",
            "Content-Length: 0x23",
            "Content-Length: 3.5",
            "Content-Length: ",
            "Content-Length: \u00b2",
            "Content-Length: 0;",
            "Content-Length: 99999999999999999999",
            "Content-Length : 0",
            "Content-Length\t: 0",
            " Content-Length: 0",
            "Content_Length: 0",
            "Content-Length: 0\n",
            "Content-Length: 0\r",
            "Content-Length:\r\n 0",
            "Content-Length:\0 0",
            "Content-Length\0: 0",
            "Content-Length: \u000b0",
            "Transfer-Encoding: gzip",
            "Transfer-Encoding: identity",
            "Transfer-Encoding: chunked, identity",
            "Transfer-Encoding: identity, chunked",
            "Transfer-Encoding: chunked, chunked",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
            "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: xchunked",
            "Transfer-Encoding: chunkedx",
            "Transfer-Encoding: 'chunked'",
            "Transfer-Encoding: \"chunked\"",
            "Transfer-Encoding: chunked;x",
            "Transfer-Encoding: ,chunked",
            "Transfer-Encoding: chunked,",
            "Transfer-Encoding: ",
            "Transfer-Encoding: \u000bchunked",
            "Transfer-Encoding:\u000cchunked",
            "Transfer-Encoding: chunk\u017fed",
            "Transfer-Encoding : chunked",
            "Transfer-Encoding\t: chunked",
            " Transfer-Encoding: chunked",
            "Transfer_Encoding: chunked",
            "Transfer-Encoding\0: chunked",
            "Transfer-Encoding:\r\n chunked",
            "Transfer-Encoding:\n chunked",
            "X: y\nTransfer-Encoding: chunked",
            "X: y\rTransfer-Encoding: chunked",
            "X: y\r\n\tTransfer-Encoding: chunked",
            "X: y\0\r\nTransfer-Encoding: chunked\0",
            "X\r\nContent-Length: 0",
            ": x\r\nContent-Length: 0",
            "Connection: Content-Length\r\nContent-Length: 35",
            "Connection: Transfer-Encoding\r\nTransfer-Encoding: chunked",
            "Connection: Host\r\nContent-Length: 0",
            "Host: b\r\nContent-Length: 0",
            "Content-Length: 0\r\nHost: a");

    /** Chunked bodies that some parser ends earlier or later than others. */
    private static final List<String> CHUNKS = List.of(
            "0\n\n",
            "0\r\n\n",
            "0\n\r\n",
            "0\r\r\n",
            "0 \r\n\r\n",
            " 0\r\n\r\n",
            "0;\r\n\r\n",
            "0;a=\r\n\r\n",
            "0;a\n\r\n",
            "0;a=\"\r\n\"\r\n\r\n",
            "0 ;a\r\n\r\n",
            "1;a=\"\\\r\nx\r\n0\r\n\r\n",
            "0;a=\"\r\n\r\n",
            "0;\n\r\n\r\n",
            "0x0\r\n\r\n",
            "+0\r\n\r\n",
            "-0\r\n\r\n",
            "00000000000000000\r\n\r\n",
            "100000000000000000\r\n\r\n",
            "ffffffffffffffff\r\n\r\n",
            "\r\n0\r\n\r\n",
            ";\r\n0\r\n\r\n",
            "1\r\nxx\r\n0\r\n\r\n",
            "2\r\nx\r\n0\r\n\r\n",
            "1\r\nx\n0\r\n\r\n",
            "1\nx\r\n0\r\n\r\n",
            "1\r\nx0\r\n\r\n",
            "1\r\nx\r0\r\n\r\n",
            "g\r\n\r\n",
            "0\r\nTransfer-Encoding: chunked\r\n\r\n",
            "0\r\nContent-Length: 35\r\n\r\n",
            "0\r\nHost: b\r\n\r\n",
            "0\r\nX : 1\r\n\r\n",
            "0\r\n X: 1\r\n\r\n",
            "0\r\nX: 1\n\r\n",
            "0\r\nX: \0\r\n\r\n",
            "0\r\nX\r\n\r\n");

    private static final List<String> HEADS = List.of(
            "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\nHost: a\n\n",
            "GET / HTTP/1.1\r\nHost: a\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n\n",
            "GET / HTTP/1.1\r\nHost: a\r\r\n\r\n",
            "GET /\r\n",
            "GET / HTTP/1.1 HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET http://a@b/ HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n",
            "GET /\u000bHTTP/1.1\r\nHost: a\r\n\r\n",
            "GET\u00a0/ HTTP/1.1\r\nHost: a\r\n\r\n",
            "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");

    private Attempts() {}

    static Stream<String> all() {
        return Stream.of(
                        FRAMINGS.stream().map(fields -> "POST /seen HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n\r\n"),
                        CHUNKS.stream()
                                .map(chunks -> "POST /seen HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                                        + chunks),
                        HEADS.stream())
                .flatMap(vector -> vector);
    }
}
