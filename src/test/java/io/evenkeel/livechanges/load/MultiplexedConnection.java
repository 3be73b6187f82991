package io.evenkeel.livechanges.load;

import io.evenkeel.dataplane.http2.FrameClient;
import io.evenkeel.dataplane.tls.TlsClients;
import io.evenkeel.livechanges.scene.Front;
import io.evenkeel.livechanges.scene.Policy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Some requests at a time over one HTTP/2 connection; that it ends is a failure. */
final class MultiplexedConnection implements Load.Act {

    private static final TlsClients TLS = TlsClients.anonymous();
    private static final int STREAMS = 4;
    private static final int WINDOW_IS_RENEWED_FROM = 16 << 10;

    private final String vip;
    private final Front front;
    private @Nullable FrameClient client;
    private int nextStream = 1;
    private int taken;

    MultiplexedConnection(String vip, Front front) {
        this.vip = vip;
        this.front = front;
    }

    @Override
    public void once() throws IOException {
        if (client == null) {
            client = connect();
        }
        client.gather();
        for (int i = 0; i < STREAMS; i++) {
            client.get(nextStream, Policy.path(i));
            nextStream += 2;
        }
        if (taken >= WINDOW_IS_RENEWED_FROM) {
            client.number(FrameClient.WINDOW_UPDATE, 0, taken);
            taken = 0;
        }
        client.send();
        for (int open = STREAMS; open > 0; ) {
            open -= readFrame(client) ? 1 : 0;
        }
    }

    private FrameClient connect() throws IOException {
        var socket = TLS.socket(new InetSocketAddress(InetAddress.ofLiteral(vip), front.port()), null);
        try {
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return FrameClient.over(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Whether a stream ended with it. */
    private boolean readFrame(FrameClient from) throws IOException {
        var frame = from.next();
        switch (frame.type()) {
            case FrameClient.GOAWAY, FrameClient.RST_STREAM -> throw new IOException("ended with " + frame.number());
            case FrameClient.HEADERS -> requireOk(frame);
            case FrameClient.DATA -> taken += frame.payload().remaining();
            default -> {
                return false;
            }
        }
        return frame.isEnd();
    }

    private static void requireOk(FrameClient.Frame head) throws IOException {
        if (!head.fields().getFirst().equals(":status: 200")) {
            throw new IOException("answered " + head.fields());
        }
    }

    @Override
    public void close() throws IOException {
        if (client != null) {
            client.close();
        }
    }
}
