package io.evenkeel.outage.load;

import java.util.concurrent.atomic.AtomicInteger;

/** The VIP of one worker alone, with a listener for HTTP and perhaps one for TCP; and whether the worker is there. */
public final class Door {

    /** What is answered there without a server: the number of the load balancer's last change. */
    public static final String REVISION = "/revision";

    private final String name;
    private final String vip;
    private final int webPort;
    private final int streamPort;
    /** Odd while its worker is away. */
    private final AtomicInteger changes = new AtomicInteger();

    public Door(String name, String vip, int webPort, int streamPort) {
        this.name = name;
        this.vip = vip;
        this.webPort = webPort;
        this.streamPort = streamPort;
    }

    public String vip() {
        return vip;
    }

    public int webPort() {
        return webPort;
    }

    public int streamPort() {
        return streamPort;
    }

    /** To be called before the worker is killed. */
    public void goesAway() {
        if (!isAway()) {
            changes.incrementAndGet();
        }
    }

    /** To be called when it serves again. */
    public void isBack() {
        if (isAway()) {
            changes.incrementAndGet();
        }
    }

    public boolean isAway() {
        return isAway(changes.get());
    }

    private static boolean isAway(int state) {
        return state % 2 == 1;
    }

    /** To be asked with {@link #wasThere} after a request. */
    int state() {
        return changes.get();
    }

    /** The worker was there all the time since. */
    boolean wasThere(int since) {
        return !isAway(since) && changes.get() == since;
    }

    @Override
    public String toString() {
        return name;
    }
}
