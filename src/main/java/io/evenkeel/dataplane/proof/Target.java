package io.evenkeel.dataplane.proof;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port of this worker that can be asked, from one of its own addresses to the other. Remembers from which local ports
 * the system led to which loop: it does so again as long as the port stays open.
 */
public final class Target {

    private final InetSocketAddress address;
    private final boolean isDatagram;
    private final Set<Integer> loops = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Integer> sourcePorts = new HashMap<>();

    /**
     * @param bound where the port is bound; one of all addresses is asked at the loopback address
     * @param loops indexes of those that take connections from it; for datagrams those who open it tell
     */
    public Target(InetSocketAddress bound, boolean isDatagram, Collection<Integer> loops) {
        var host = bound.getAddress();
        this.address = new InetSocketAddress(host.isAnyLocalAddress() ? loopback(host) : host, bound.getPort());
        this.isDatagram = isDatagram;
        this.loops.addAll(loops);
    }

    private static InetAddress loopback(InetAddress any) {
        return InetAddress.ofLiteral(any instanceof Inet4Address ? "127.0.0.1" : "::1");
    }

    InetSocketAddress address() {
        return address;
    }

    boolean isDatagram() {
        return isDatagram;
    }

    /** Whether an interface of this host has the address; asked when nobody answers there. */
    boolean isHere() {
        try {
            var host = address.getAddress();
            return host.isLoopbackAddress() || NetworkInterface.getByInetAddress(host) != null;
        } catch (SocketException e) {
            return true;
        }
    }

    /** The loop takes datagrams from it. */
    void takenBy(int loop) {
        loops.add(loop);
    }

    /** All that are to answer. */
    Set<Integer> loops() {
        return Set.copyOf(loops);
    }

    /** Where to ask from, one for each loop that is known to be reached so. */
    synchronized List<Integer> knownSourcePorts() {
        return List.copyOf(sourcePorts.values());
    }

    /** Asked from there, that loop answered. */
    synchronized void reached(int loop, int sourcePort) {
        sourcePorts.put(loop, sourcePort);
    }

    @Override
    public String toString() {
        return address.getAddress().getHostAddress() + " port " + address.getPort() + (isDatagram ? " (UDP)" : "");
    }
}
