package io.evenkeel.dataplane.listening;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many file descriptors this process may have, and what of them is for listening sockets. */
record Descriptors(long limit) {

    private static final long UNLIMITED = 1 << 20;

    static Descriptors ofThisProcess() {
        long limit = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : UNLIMITED;
        return new Descriptors(limit > 0 ? limit : UNLIMITED);
    }

    /** Half: a listener over many ports must not take what connections, and everything else here, live on. */
    long forListening() {
        return limit / 2;
    }
}
