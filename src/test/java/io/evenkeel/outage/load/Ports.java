package io.evenkeel.outage.load;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports to listen on, also after a while in which nobody did: none of those that the system gives to clients. */
public final class Ports {

    private static final int FIRST = 15_000;
    private static final int END = 32_000;

    private Ports() {}

    /** One that nobody listens on at that address. */
    public static int free(String address) throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try (var _ = new ServerSocket(port, 1, InetAddress.ofLiteral(address))) {
                return port;
            } catch (BindException e) {
                // Another one, then.
            }
        }
    }
}
