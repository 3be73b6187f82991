package io.evenkeel.dataplane.tcp;

import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * What tells a member who its client is, ahead of all that the client sends: the header of the PROXY protocol, version
 * 2 (HAProxy's {@code proxy-protocol.txt}, section 2.2), command PROXY over a stream.
 */
final class ProxyHeader {

    private static final byte[] SIGNATURE = {0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a};
    private static final byte VERSION_2_PROXY = 0x21;
    private static final byte TCP_OVER_IPV4 = 0x11;
    private static final byte TCP_OVER_IPV6 = 0x21;
    private static final int PORTS_BYTES = 4;

    private ProxyHeader() {}

    /**
     * @param client where the connection comes from
     * @param local what the client has connected to
     */
    static MemorySegment of(InetSocketAddress client, InetSocketAddress local) {
        boolean isIpv4 = client.getAddress() instanceof Inet4Address && local.getAddress() instanceof Inet4Address;
        int addressBytes = isIpv4 ? 4 : 16;
        int length = 2 * addressBytes + PORTS_BYTES;
        var header = ByteBuffer.allocate(SIGNATURE.length + 4 + length);
        header.put(SIGNATURE);
        header.put(VERSION_2_PROXY);
        header.put(isIpv4 ? TCP_OVER_IPV4 : TCP_OVER_IPV6);
        header.putShort((short) length);
        putAddress(header, client.getAddress(), addressBytes);
        putAddress(header, local.getAddress(), addressBytes);
        header.putShort((short) client.getPort());
        header.putShort((short) local.getPort());
        return MemorySegment.ofArray(header.array());
    }

    /** An IPv4 address among IPv6 ones has its mapped form (RFC 4291 section 2.5.5.2). */
    private static void putAddress(ByteBuffer header, InetAddress address, int bytes) {
        var raw = address.getAddress();
        if (raw.length < bytes) {
            header.put(new byte[10]).putShort((short) 0xffff);
        }
        header.put(raw);
    }
}
