package io.evenkeel.livechanges.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that do the same thing over and over: as fast as they can, or at a fixed rate, each at its own times whatever
 * came of the last (what is late is made up for). Every failure is written into the journal.
 */
public final class Load implements AutoCloseable {

    private static final long SECOND = 1_000_000_000L;

    /** What a client does, once. After a failure it begins anew. */
    interface Act extends AutoCloseable {
        void once() throws IOException;

        @Override
        default void close() throws IOException {}
    }

    interface Client {
        Act begin();
    }

    private final String name;
    private final Journal journal;
    private final List<Thread> clients = new ArrayList<>();
    private final AtomicLong done = new AtomicLong();
    private volatile double rate;
    private volatile boolean isStopped;

    /** @param rate in all, a second; 0: without a limit */
    Load(String name, Journal journal, int count, double rate, Client client) {
        this.name = name;
        this.journal = journal;
        this.rate = rate;
        for (int i = 0; i < count; i++) {
            double phase = (double) i / count;
            clients.add(Thread.ofVirtual().unstarted(() -> run(client, phase, count)));
        }
    }

    public String name() {
        return name;
    }

    void start() {
        clients.forEach(Thread::start);
    }

    /** From now on at this rate. */
    public void hold(double next) {
        rate = next;
    }

    public double rate() {
        return rate;
    }

    /** How often it was done, failures included. */
    public long done() {
        return done.get();
    }

    private void run(Client client, double phase, int count) {
        var act = client.begin();
        double paced = 0;
        long due = 0;
        while (!isStopped) {
            double now = rate;
            if (now > 0) {
                long interval = (long) (count * SECOND / now);
                due = paced == now ? due + interval : System.nanoTime() + (long) (phase * interval);
                paced = now;
                awaitDue(due);
            }
            act = attempt(act, client);
        }
        close(act);
    }

    private void awaitDue(long due) {
        for (long left = due - System.nanoTime(); left > 0 && !isStopped; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private Act attempt(Act act, Client client) {
        long begun = System.nanoTime();
        try {
            act.once();
            return act;
        } catch (IOException | RuntimeException e) {
            journal.failed(name, begun, e);
            close(act);
            return client.begin();
        } finally {
            done.incrementAndGet();
        }
    }

    private static void close(Act act) {
        try {
            act.close();
        } catch (IOException e) {
            // Nothing is lost any more.
        }
    }

    @Override
    public void close() {
        isStopped = true;
        clients.forEach(LockSupport::unpark);
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
