package io.evenkeel.dataplane.transport;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** How much memory outside the heap this process may have. What is beyond it cannot be had, after long waiting. */
public final class NativeMemory {

    private NativeMemory() {}

    /** In bytes: {@code -XX:MaxDirectMemorySize}, which is as much as the heap where it is not set. */
    public static long limit() {
        var diagnostics = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        long configured = diagnostics == null
                ? 0
                : Long.parseLong(diagnostics.getVMOption("MaxDirectMemorySize").getValue());
        return configured > 0 ? configured : Runtime.getRuntime().maxMemory();
    }
}
