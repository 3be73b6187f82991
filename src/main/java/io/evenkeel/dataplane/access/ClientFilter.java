package io.evenkeel.dataplane.access;

import io.evenkeel.dataplane.access.RangeTable.Range;
import io.evenkeel.desiredstate.DesiredIpGroup;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Which clients may come. Immutable. */
public final class ClientFilter {

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int IPV4_BYTES = 4;

    static final ClientFilter ANYBODY = new ClientFilter(false, List.of());

    private final boolean admits;
    private final RangeTable ipv4;
    private final RangeTable ipv6;

    private ClientFilter(boolean admits, Collection<String> ranges) {
        this.admits = admits;
        var ofIpv4 = new ArrayList<Range>();
        var ofIpv6 = new ArrayList<Range>();
        for (var range : ranges) {
            int dash = range.indexOf('-');
            var first = InetAddress.ofLiteral(range.substring(0, dash)).getAddress();
            var last = InetAddress.ofLiteral(range.substring(dash + 1)).getAddress();
            (first.length == IPV4_BYTES ? ofIpv4 : ofIpv6)
                    .add(new Range(high(first), low(first), high(last), low(last)));
        }
        ipv4 = new RangeTable(ofIpv4);
        ipv6 = new RangeTable(ofIpv6);
    }

    /** @throws IllegalArgumentException when a range is none */
    static ClientFilter of(DesiredIpGroup ipGroup) {
        try {
            return new ClientFilter(ipGroup.admits(), ipGroup.ranges());
        } catch (IndexOutOfBoundsException noDash) {
            throw new IllegalArgumentException("IP group " + ipGroup.id() + " has an entry that is no range", noDash);
        }
    }

    public boolean permits(InetAddress client) {
        return (client instanceof Inet4Address ? isOfIpv4(client) : isOfIpv6(client.getAddress())) == admits;
    }

    private boolean isOfIpv4(InetAddress client) {
        // The hash code of an IPv4 address is the address itself; asking for its bytes would copy them.
        return ipv4.contains(Integer.toUnsignedLong(client.hashCode()), 0);
    }

    private boolean isOfIpv6(byte[] client) {
        return ipv6.contains(high(client), low(client));
    }

    /** Of an IPv4 address all of it. */
    private static long high(byte[] address) {
        return address.length == IPV4_BYTES
                ? Integer.toUnsignedLong((int) INTS.get(address, 0))
                : (long) LONGS.get(address, 0);
    }

    private static long low(byte[] address) {
        return address.length == IPV4_BYTES ? 0 : (long) LONGS.get(address, Long.BYTES);
    }
}
