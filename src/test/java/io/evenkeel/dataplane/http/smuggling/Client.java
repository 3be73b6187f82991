package io.evenkeel.dataplane.http.smuggling;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Sends bytes and reads all that comes until the proxy ends the connection. */
record Client(InetSocketAddress proxy) {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final Pattern NUMBERED = Pattern.compile("(?i)\r\n" + IndependentServer.NUMBER + ": \\d+\r\n");

    /** @param wasReset whether the end was RST, with which answers may be lost */
    record Heard(String text, boolean wasReset) {

        /** How many answers of the server came, and not the proxy's own. */
        long answers() {
            return NUMBERED.matcher(text).results().count();
        }
    }

    Heard sendAll(String latin1, boolean endsOutput) throws IOException {
        try (var socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(proxy);
            var heard = new StringBuilder();
            try {
                socket.getOutputStream().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
                if (endsOutput) {
                    socket.shutdownOutput();
                }
                var bytes = new byte[65_536];
                for (int n = socket.getInputStream().read(bytes);
                        n >= 0;
                        n = socket.getInputStream().read(bytes)) {
                    heard.append(new String(bytes, 0, n, StandardCharsets.ISO_8859_1));
                }
            } catch (SocketException reset) {
                return new Heard(heard.toString(), true);
            }
            return new Heard(heard.toString(), false);
        }
    }
}
