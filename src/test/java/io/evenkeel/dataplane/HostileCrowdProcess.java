package io.evenkeel.dataplane;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Many connections that all do the same evil, in a process of their own; who is thrown out comes again. One thread, at a
 * pace that it keeps: a tenth of them every ten milliseconds, and then it waits, however long that took.
 */
final class HostileCrowdProcess {

    private static final int SLICES = 10;
    private static final Duration SLICE = Duration.ofMillis(10);
    private static final int SMALL_WINDOW = 4 << 10;

    private final HostilePlan plan;
    private final InetSocketAddress target;
    private final ByteBuffer opening;
    private final ByteBuffer more;
    private final ByteBuffer taken = ByteBuffer.allocateDirect(64 << 10);
    private final List<SocketChannel> members = new ArrayList<>();
    private final Thread thread = Thread.ofPlatform().unstarted(this::run);
    private volatile boolean isStopped;
    private int thrownOut;

    private HostileCrowdProcess(HostilePlan plan, InetSocketAddress target) {
        this.plan = plan;
        this.target = target;
        this.opening = bytes(plan.opening());
        this.more = bytes(plan.more());
    }

    private static ByteBuffer bytes(String text) {
        var bytes = text.getBytes(US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    /** Arguments: address, port, name of the plan. Attacks after the first line, falls silent after the second. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var target = new InetSocketAddress(InetAddress.ofLiteral(arguments[0]), Integer.parseInt(arguments[1]));
        var crowd = new HostileCrowdProcess(HostilePlan.named(arguments[2]), target);
        var orders = new BufferedReader(new InputStreamReader(System.in, US_ASCII));
        var out = new PrintStream(System.out, true, US_ASCII);
        out.println("ready");
        if (orders.readLine() != null) {
            crowd.thread.start();
            orders.readLine();
            crowd.isStopped = true;
            crowd.thread.join();
            out.println(crowd.thrownOut);
            orders.readLine();
        }
    }

    private void run() {
        for (int slice = 0; !isStopped; slice = (slice + 1) % SLICES) {
            int coming = (slice + 1) * plan.perTick() / SLICES - slice * plan.perTick() / SLICES;
            for (int i = 0; i < coming && members.size() < plan.size(); i++) {
                join();
            }
            for (int i = members.size() - 1 - slice; i >= 0; i -= SLICES) {
                if (!isStillIn(members.get(i))) {
                    members.set(i, members.getLast());
                    members.removeLast();
                }
            }
            LockSupport.parkNanos(SLICE.toNanos());
        }
    }

    private void join() {
        try {
            var member = SocketChannel.open();
            if (!plan.reads()) {
                member.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_WINDOW);
            }
            member.setOption(StandardSocketOptions.SO_LINGER, 0);
            member.connect(target);
            member.configureBlocking(false);
            members.add(member);
            member.write(opening.duplicate());
        } catch (IOException failure) {
            thrownOut++;
        }
    }

    private boolean isStillIn(SocketChannel member) {
        try {
            member.write(more.duplicate());
            int count = plan.reads() ? member.read(taken.clear()) : 0;
            if (count >= 0) {
                return true;
            }
            member.close();
        } catch (IOException reset) {
            closeQuietly(member);
        }
        thrownOut++;
        return false;
    }

    private static void closeQuietly(SocketChannel member) {
        try {
            member.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
