package io.evenkeel.dataplane.http.smuggling;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server whose HTTP parser is not ours. It counts whole requests, and answers each with its number among them. */
abstract class IndependentServer implements AutoCloseable {

    static final String NUMBER = "X-Seen";

    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    /** A request as this server read it, its body as Latin-1. */
    record Seen(String method, String target, String body) {}

    abstract InetSocketAddress address();

    @Override
    public abstract void close();

    synchronized int count(Seen request) {
        seen.add(request);
        return seen.size();
    }

    int count() {
        return seen.size();
    }

    List<Seen> seenSince(int count) {
        return List.copyOf(seen.subList(count, seen.size()));
    }

    @Override
    public String toString() {
        return getClass().getSimpleName();
    }
}
