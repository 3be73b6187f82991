package io.evenkeel.outage.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Clients through every worker: HTTP over kept connections, HTTP by connection, TCP by connection. Where the worker was
 * killed they follow the rule of {@code docs/operations.md}: what may be asked twice is asked once more, at the VIP of
 * another worker. Where it was not, whatever fails is a failure.
 */
public final class Load implements AutoCloseable {

    private static final Duration BETWEEN = Duration.ofMillis(25);

    private final List<Door> doors;
    private final Journal journal;
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean isStopped;

    private interface Request {
        void make(Door door) throws IOException;
    }

    public Load(List<Door> doors, Journal journal) {
        this.doors = doors;
        this.journal = journal;
        for (var door : doors) {
            client(door, "kept HTTP", new Kept()::get, Load::ask);
            client(door, "kept HTTP", new Kept()::get, Load::ask);
            client(door, "HTTP by connection", Load::ask, Load::ask);
            client(door, "TCP by connection", Load::speak, Load::speak);
        }
    }

    private static void ask(Door door) throws IOException {
        Web.getOnce(door.vip(), door.webPort(), "/");
    }

    private static void speak(Door door) throws IOException {
        Web.echoOnce(door.vip(), door.streamPort());
    }

    /** A connection that is used again until it fails. */
    private static final class Kept {
        private @Nullable Web web;

        void get(Door door) throws IOException {
            if (web == null) {
                web = Web.connect(door.vip(), door.webPort());
            }
            try {
                web.get("/");
            } catch (IOException e) {
                web.close();
                web = null;
                throw e;
            }
        }
    }

    private void client(Door door, String what, Request request, Request again) {
        clients.add(Thread.ofVirtual().start(() -> {
            while (!isStopped) {
                serve(door, what, request, again);
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
        }));
    }

    private void serve(Door door, String what, Request request, Request again) {
        int state = door.state();
        try {
            request.make(door);
            journal.served();
        } catch (IOException e) {
            if (door.wasThere(state)) {
                journal.failed(what + " through " + door + ": " + e);
            } else {
                tryAgain(door, what, again);
            }
        }
    }

    private void tryAgain(Door failed, String what, Request again) {
        for (var other : doors) {
            int state = other.state();
            if (other == failed || other.isAway()) {
                continue;
            }
            try {
                again.make(other);
                journal.served();
                journal.retried();
            } catch (IOException e) {
                if (other.wasThere(state)) {
                    journal.failed(what + " tried again through " + other + ": " + e);
                }
            }
            return;
        }
    }

    @Override
    public void close() {
        isStopped = true;
        for (var client : clients) {
            try {
                client.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
