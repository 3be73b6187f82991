package io.evenkeel.dataplane.proof;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Asks a port once, over a socket of its own, and waits for the answer. */
final class Probe {

    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(1).toMillis();
    private static final int ANY_PORT = 0;

    private final Outstanding outstanding;

    Probe(Outstanding outstanding) {
        this.outstanding = outstanding;
    }

    /**
     * @param sourcePort to ask from; 0 lets the system choose, and so does a port that is taken
     * @throws IOException when there is no answer
     */
    Answer ask(Target target, Question question, int sourcePort) throws IOException {
        try {
            return ask(target, question, new InetSocketAddress(target.address().getAddress(), sourcePort));
        } catch (BindException taken) {
            if (sourcePort == ANY_PORT) {
                throw taken;
            }
            return ask(target, question, ANY_PORT);
        }
    }

    private Answer ask(Target target, Question question, InetSocketAddress source) throws IOException {
        return target.isDatagram()
                ? askByDatagram(target, question, source)
                : askByConnection(target, question, source);
    }

    private Answer askByConnection(Target target, Question question, InetSocketAddress source) throws IOException {
        try (var socket = new Socket(Proxy.NO_PROXY)) {
            socket.bind(source);
            // Closed by RST: nothing of it stays behind on either side.
            socket.setSoLinger(true, 0);
            socket.setSoTimeout(PATIENCE_MILLIS);
            var from = (InetSocketAddress) socket.getLocalSocketAddress();
            outstanding.expect(false, from, question);
            try {
                socket.connect(target.address(), PATIENCE_MILLIS);
            } catch (ConnectException refused) {
                outstanding.forget(false, from);
                throw refused;
            }
            // Some ports are told of a connection with its first byte only.
            socket.getOutputStream().write(0);
            var answer = Answer.read(socket.getInputStream());
            target.reached(answer.loop(), from.getPort());
            return answer;
        }
    }

    private Answer askByDatagram(Target target, Question question, InetSocketAddress source) throws IOException {
        try (var socket = new DatagramSocket(source)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            var from = (InetSocketAddress) socket.getLocalSocketAddress();
            outstanding.expect(true, from, question);
            socket.connect(target.address());
            var packet = new DatagramPacket(new byte[Answer.BYTES], Answer.BYTES);
            try {
                socket.send(new DatagramPacket(new byte[1], 1));
                socket.receive(packet);
            } catch (PortUnreachableException gone) {
                outstanding.forget(true, from);
                throw gone;
            }
            if (packet.getLength() < Answer.BYTES) {
                throw new SocketTimeoutException("An answer was cut off");
            }
            var answer = Answer.decode(packet.getData());
            target.reached(answer.loop(), from.getPort());
            return answer;
        }
    }
}
