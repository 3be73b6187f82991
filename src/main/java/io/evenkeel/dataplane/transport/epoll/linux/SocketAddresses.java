package io.evenkeel.dataplane.transport.epoll.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;

/** {@code sockaddr_in} and {@code sockaddr_in6} of ip(7) and ipv6(7). */
public final class SocketAddresses {

    /** Room for either. */
    public static final int MAX_BYTES = 28;

    /** What stands for an address that cannot be known any more. */
    public static final InetSocketAddress UNKNOWN = new InetSocketAddress(0);

    private static final int INET = 2;
    private static final int INET6 = 10;
    private static final int INET_BYTES = 16;
    private static final ValueLayout.OfShort NETWORK_SHORT = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int PORT_AT = 2;
    private static final int INET_ADDRESS_AT = 4;
    private static final int INET6_ADDRESS_AT = 8;
    private static final int INET6_SCOPE_AT = 24;

    private SocketAddresses() {}

    /** The address family to make a socket with. */
    public static int familyOf(InetSocketAddress address) {
        return address.getAddress() instanceof Inet4Address ? INET : INET6;
    }

    /**
     * Writes the address and returns the part of the segment that holds it.
     *
     * @param into at least {@link #MAX_BYTES}
     */
    public static MemorySegment encode(InetSocketAddress address, MemorySegment into) {
        into.fill((byte) 0);
        var ip = address.getAddress();
        into.set(JAVA_SHORT_UNALIGNED, 0, (short) familyOf(address));
        into.set(NETWORK_SHORT, PORT_AT, (short) address.getPort());
        var bytes = ip.getAddress();
        if (ip instanceof Inet6Address inet6) {
            MemorySegment.copy(bytes, 0, into, JAVA_BYTE, INET6_ADDRESS_AT, bytes.length);
            into.set(JAVA_INT_UNALIGNED, INET6_SCOPE_AT, inet6.getScopeId());
            return into.asSlice(0, MAX_BYTES);
        }
        MemorySegment.copy(bytes, 0, into, JAVA_BYTE, INET_ADDRESS_AT, bytes.length);
        return into.asSlice(0, INET_BYTES);
    }

    /**
     * Reads what the kernel wrote; an IPv4 address in IPv6 form comes out as IPv4.
     *
     * @param from at least {@link #MAX_BYTES}
     */
    public static InetSocketAddress decode(MemorySegment from) {
        int port = Short.toUnsignedInt(from.get(NETWORK_SHORT, PORT_AT));
        try {
            return switch (from.get(JAVA_SHORT_UNALIGNED, 0)) {
                case INET -> new InetSocketAddress(InetAddress.getByAddress(bytes(from, INET_ADDRESS_AT, 4)), port);
                case INET6 -> new InetSocketAddress(inet6(from), port);
                default -> UNKNOWN;
            };
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength);
        }
    }

    private static InetAddress inet6(MemorySegment from) throws UnknownHostException {
        var plain = InetAddress.getByAddress(bytes(from, INET6_ADDRESS_AT, 16));
        int scope = from.get(JAVA_INT_UNALIGNED, INET6_SCOPE_AT);
        return plain instanceof Inet6Address && scope != 0
                ? Inet6Address.getByAddress(null, plain.getAddress(), scope)
                : plain;
    }

    private static byte[] bytes(MemorySegment from, int at, int count) {
        var bytes = new byte[count];
        MemorySegment.copy(from, JAVA_BYTE, at, bytes, 0, count);
        return bytes;
    }
}
