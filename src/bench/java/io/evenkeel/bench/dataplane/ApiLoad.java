package io.evenkeel.bench.dataplane;

import io.evenkeel.testing.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/** Sixteen clients that call the API again as soon as they are answered, until this is closed. */
final class ApiLoad implements AutoCloseable {

    private static final int CLIENTS = 16;

    /** What they call. */
    enum Kind {
        /** Nothing. */
        NONE("idle"),
        /** Lists of load balancers, which no worker hears of. */
        READS("saturated with reads"),
        /** Weights of a member that gets no requests: each change is sent to the worker. */
        WRITES("saturated with writes");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    private final List<Thread> clients = new ArrayList<>();
    private final LongAdder calls = new LongAdder();
    private final long begun = System.nanoTime();
    private volatile boolean isClosed;

    /** @param member path of the member whose weight is changed */
    ApiLoad(Kind kind, Api api, String member) {
        Runnable call = switch (kind) {
            case NONE -> () -> {};
            case READS -> () -> api.get(api.elb("/loadbalancers")).expect(200);
            case WRITES ->
                () -> api.put(api.elb(member), Map.of("member", Map.of("weight", weight())))
                        .expect(200);
        };
        for (int i = 0; i < (kind == Kind.NONE ? 0 : CLIENTS); i++) {
            clients.add(Thread.ofPlatform().daemon().name("api-client-" + i).start(() -> {
                while (!isClosed) {
                    call.run();
                    calls.increment();
                }
            }));
        }
    }

    private static int weight() {
        return ThreadLocalRandom.current().nextInt(1, 100);
    }

    /** Answered calls a second, up to now. */
    double rate() {
        return calls.sum() * 1e9 / (System.nanoTime() - begun);
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            for (var client : clients) {
                client.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
