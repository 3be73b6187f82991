package io.evenkeel.dataplane.udp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A backend server: answers "name:question", and nothing to a question that begins with a hyphen. */
public final class UdpServer implements AutoCloseable {

    private final String name;
    private final DatagramSocket socket;
    private final Set<SocketAddress> clients = ConcurrentHashMap.newKeySet();

    private UdpServer(String name, DatagramSocket socket) {
        this.name = name;
        this.socket = socket;
    }

    public static UdpServer named(String name) throws IOException {
        return named(name, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    public static UdpServer named(String name, InetSocketAddress address) throws IOException {
        var server = new UdpServer(name, new DatagramSocket(address));
        Thread.startVirtualThread(server::serve);
        return server;
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** From how many sockets it was asked. */
    int clients() {
        return clients.size();
    }

    public boolean wasAsked() {
        return !clients.isEmpty();
    }

    private void serve() {
        var packet = new DatagramPacket(new byte[2048], 2048);
        try {
            while (true) {
                packet.setLength(2048);
                socket.receive(packet);
                clients.add(packet.getSocketAddress());
                answer(packet);
            }
        } catch (IOException closed) {
            // The test is over, or wants the port to be unreachable.
        }
    }

    private void answer(DatagramPacket question) throws IOException {
        var text = new String(question.getData(), 0, question.getLength(), US_ASCII);
        if (!text.startsWith("-")) {
            var bytes = (name + ":" + text).getBytes(US_ASCII);
            socket.send(new DatagramPacket(bytes, bytes.length, question.getSocketAddress()));
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
