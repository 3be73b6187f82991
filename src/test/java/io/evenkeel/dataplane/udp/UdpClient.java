package io.evenkeel.dataplane.udp;

import static io.evenkeel.dataplane.transport.TransportFixture.SOON;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;

/** A client that hears its server alone: an answer from another address would be lost. */
public final class UdpClient implements AutoCloseable {

    private final DatagramSocket socket;

    public UdpClient(InetSocketAddress server) throws IOException {
        this(server.getAddress(), server);
    }

    public UdpClient(InetAddress from, InetSocketAddress server) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(from, 0));
        socket.setSoTimeout((int) SOON.toMillis());
        socket.connect(server);
    }

    public String ask(String question) throws IOException {
        send(question);
        return answer();
    }

    public void send(String question) throws IOException {
        var bytes = question.getBytes(US_ASCII);
        socket.send(new DatagramPacket(bytes, bytes.length));
    }

    String answer() throws IOException {
        var packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        return new String(Arrays.copyOf(packet.getData(), packet.getLength()), US_ASCII);
    }

    @Override
    public void close() {
        socket.close();
    }
}
