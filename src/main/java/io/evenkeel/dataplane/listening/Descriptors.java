package io.evenkeel.dataplane.listening;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many file descriptors this process may have, and what of them is for whom. */
final class Descriptors {

    private static final long UNLIMITED = 1 << 20;

    private Descriptors() {}

    static long limit() {
        long limit = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : UNLIMITED;
        return limit > 0 ? limit : UNLIMITED;
    }
}
