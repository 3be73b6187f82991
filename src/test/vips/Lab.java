import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** What failover.sh needs besides Evenkeel: a server, a way to a port of another namespace, and a client that counts. */
final class Lab {

    private static final int CONNECT_MILLIS = 250;
    private static final int READ_MILLIS = 1000;
    private static final int EVERY_MILLIS = 5;

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "backend" -> backend(args[1], Integer.parseInt(args[2]));
            case "forward" -> forward(args[1], Integer.parseInt(args[2]), Integer.parseInt(args[3]));
            case "client" -> client(URI.create(args[1]), Integer.parseInt(args[2]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void backend(String address, int port) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(address, port), 1024);
        server.createContext("/", exchange -> {
            var body = (address + "\n").getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.setExecutor(Thread::startVirtualThread);
        server.start();
    }

    private static void forward(String address, int port, int to) throws IOException {
        try (var server = new ServerSocket(port, 50, InetAddress.ofLiteral(address))) {
            while (true) {
                var near = server.accept();
                var far = new Socket(InetAddress.getLoopbackAddress(), to);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                Thread.startVirtualThread(() -> copy(near, far));
                Thread.startVirtualThread(() -> copy(far, near));
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One side has ended; so does the other.
        }
    }

    /** A new connection for each request, one after the other. */
    private static void client(URI uri, int seconds) throws IOException {
        long begin = System.nanoTime();
        long end = begin + seconds * 1_000_000_000L;
        long lastGood = begin;
        long longest = 0;
        long longestAt = 0;
        int good = 0;
        int failed = 0;
        while (System.nanoTime() < end) {
            if (isAnswered(uri)) {
                long now = System.nanoTime();
                if (now - lastGood > longest) {
                    longest = now - lastGood;
                    longestAt = lastGood - begin;
                }
                lastGood = now;
                good++;
            } else {
                failed++;
            }
            LockSupport.parkNanos(EVERY_MILLIS * 1_000_000L);
        }
        System.out.printf(
                "answered %d, failed %d, longest time without an answer %d ms (from %d ms on)%n",
                good, failed, longest / 1_000_000, longestAt / 1_000_000);
    }

    private static boolean isAnswered(URI uri) {
        try (var socket = new Socket()) {
            socket.setSoTimeout(READ_MILLIS);
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), CONNECT_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(("GET / HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(15), StandardCharsets.US_ASCII).equals("HTTP/1.1 200 OK");
        } catch (IOException e) {
            return false;
        }
    }
}
