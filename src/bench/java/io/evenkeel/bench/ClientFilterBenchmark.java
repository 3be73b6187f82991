package io.evenkeel.bench;

import io.evenkeel.dataplane.access.ClientFilter;
import io.evenkeel.dataplane.access.ListenerGate;
import io.evenkeel.desiredstate.DesiredAccess;
import io.evenkeel.desiredstate.DesiredIpGroup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time to find out whether a client, another one each time, is of an IP group. To hold at 10,000 CIDRs: 50 ns, and no
 * allocation ({@code -prof gc}) but the copy that the JDK makes of an IPv6 address.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ClientFilterBenchmark {

    private static final int CLIENTS = 1 << 14;
    private static final int NETWORK_BYTES = 3;

    @Param({"10", "10000"})
    int cidrs;

    @Param({"4", "16"})
    int addressBytes;

    /** All over the address space, or within one 16th of it. */
    @Param({"wide", "clustered"})
    String spread;

    private final InetAddress[] clients = new InetAddress[CLIENTS];
    private ClientFilter filter = new ListenerGate(1).clients();
    private int next;

    @Setup
    public void build() throws UnknownHostException {
        var random = new SplittableRandom(7);
        var ranges = new ArrayList<String>();
        for (int i = 0; i < cidrs; i++) {
            var first = address(random);
            var last = first.clone();
            for (int at = NETWORK_BYTES; at < addressBytes; at++) {
                first[at] = 0;
                last[at] = -1;
            }
            ranges.add(text(first) + "-" + text(last));
        }
        for (int i = 0; i < CLIENTS; i++) {
            clients[i] = InetAddress.getByAddress(address(random));
        }
        var gate = new ListenerGate(1);
        var group = new DesiredIpGroup(new UUID(0, 1), true, ranges);
        gate.prepare(new DesiredAccess(Optional.of(group), 0, 0)).apply();
        filter = gate.clients();
    }

    private byte[] address(SplittableRandom random) {
        var bytes = new byte[addressBytes];
        random.nextBytes(bytes);
        if (spread.equals("clustered")) {
            bytes[0] = (byte) (0x20 | (bytes[0] & 0x0f));
        }
        return bytes;
    }

    private static String text(byte[] address) throws UnknownHostException {
        return InetAddress.getByAddress(address).getHostAddress();
    }

    @Benchmark
    public boolean permits() {
        next = (next + 1) & (CLIENTS - 1);
        return filter.permits(clients[next]);
    }
}
