package io.evenkeel.dataplane.http.smuggling;

import java.util.List;
import java.util.Random;

/** Requests behind each other with a few bytes wrong, the same for the same seed. */
final class Mutations {

    private static final List<String> SNIPPETS = List.of(
            "\r\n",
            "\r",
            "\n",
            "\r\n\r\n",
            " ",
            "\t",
            ":",
            ",",
            ";",
            ";a=b",
            "=",
            "\"",
            "0",
            "5",
            "0\r\n\r\n",
            "_",
            "\0",
            "\u000b",
            "\u0085",
            "\u00a0",
            "Content-Length: 5\r\n",
            "Content-Length: 0\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: identity\r\n",
            "Connection: close\r\n",
            "Connection: Content-Length\r\n",
            "Host: b\r\n",
            "Expect: 100-continue\r\n",
            " HTTP/1.1",
            " HTTP/1.0",
            "GET ",
            "http://a",
            Attempts.HIDDEN);

    private static final List<String> REQUESTS = List.of(
            "GET /a HTTP/1.1\r\nHost: a\r\n\r\n",
            "HEAD /b HTTP/1.1\r\nHost: a\r\nX: y\r\n\r\n",
            "POST /c HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
            "POST /d HTTP/1.1\r\nHost: a\r\nContent-Length: 38\r\n\r\n" + Attempts.HIDDEN,
            "POST /e HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
            "POST /f HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n26;x\r\n" + Attempts.HIDDEN
                    + "\r\n0\r\nY: z\r\n\r\n",
            "GET http://a/g HTTP/1.1\r\nConnection: keep-alive, X\r\nX: y\r\nHost: a\r\n\r\n");

    private final Random random;

    Mutations(long seed) {
        this.random = new Random(seed);
    }

    String next() {
        var bytes = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes.append(pick(REQUESTS));
        }
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(bytes.length() + 1);
            switch (random.nextInt(4)) {
                case 0, 1 -> bytes.insert(at, pick(SNIPPETS));
                case 2 -> bytes.delete(at, Math.min(bytes.length(), at + 1 + random.nextInt(4)));
                default -> bytes.replace(at, Math.min(bytes.length(), at + 1), "" + (char) random.nextInt(256));
            }
        }
        return bytes.toString();
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
