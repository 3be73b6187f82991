package io.evenkeel.dataplane.access;

import io.evenkeel.dataplane.access.RangeTable.Range;
import io.evenkeel.desiredstate.DesiredIpGroup;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Which clients may come. Immutable. */
public final class ClientFilter {

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
            var first = InetAddress.ofLiteral(range.substring(0, dash));
            var last = InetAddress.ofLiteral(range.substring(dash + 1));
            (first instanceof Inet4Address ? ofIpv4 : ofIpv6)
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
        boolean isOfGroup = client instanceof Inet4Address
                ? ipv4.contains(high(client), 0)
                : ipv6.contains(high(client), low(client));
        return isOfGroup == admits;
    }

    private static long high(InetAddress address) {
        // The hash code of an IPv4 address is the address itself.
        return address instanceof Inet4Address
                ? Integer.toUnsignedLong(address.hashCode())
                : ByteBuffer.wrap(address.getAddress()).getLong(0);
    }

    private static long low(InetAddress address) {
        return address instanceof Inet4Address
                ? 0
                : ByteBuffer.wrap(address.getAddress()).getLong(Long.BYTES);
    }
}
