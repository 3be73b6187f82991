package io.evenkeel.dataplane;

import io.evenkeel.dataplane.tls.TlsClients;
import io.evenkeel.testing.Pki;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLServerSocket;

/** A backend server that speaks HTTP over TLS, by the JDK, and answers every request with 200 and one letter. */
public final class TlsMember implements AutoCloseable {

    private final SSLServerSocket server;

    public TlsMember() throws IOException {
        server = (SSLServerSocket) TlsClients.showing(Pki.selfSigned("member"))
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 100, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(this::acceptAll);
    }

    public int port() {
        return server.getLocalPort();
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            while (TestBackend.head(in) != null) {
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nm".getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            // The other side closed: what a check does.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
