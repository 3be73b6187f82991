package io.evenkeel.bench.dataplane.contender;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Whether something answers where it should. Each try throws, or returns false, when it does not. */
final class Endpoints {

    private static final int PATIENCE_MILLIS = 500;

    private Endpoints() {}

    static boolean accepts(InetSocketAddress address) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(address, PATIENCE_MILLIS);
            return true;
        }
    }

    /** A GET through the proxy is answered by a backend. */
    static boolean answersRequests(InetSocketAddress address) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(address, PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: bench.example\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
        }
    }

    /** A datagram comes back. */
    static boolean answersDatagrams(InetSocketAddress address) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.connect(address);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.send(new DatagramPacket(new byte[64], 64));
            var answer = new DatagramPacket(new byte[64], 64);
            socket.receive(answer);
            return answer.getLength() == 64;
        }
    }
}
