package io.evenkeel.dataplane.http.routing.text;

import java.net.InetAddress;

/** A range of addresses. */
public final class Network {

    private static final int MAPPED_BITS = 96;

    private final byte[] base;
    private final int prefix;

    /** @throws IllegalArgumentException when it is no CIDR */
    public Network(String cidr) {
        int slash = cidr.indexOf('/');
        base = InetAddress.ofLiteral(cidr.substring(0, Math.max(slash, 0))).getAddress();
        // An IPv4 address written as an IPv6 one is read as the former.
        boolean isMapped = base.length == 4 && cidr.indexOf(':') >= 0;
        prefix = Integer.parseInt(cidr.substring(slash + 1)) - (isMapped ? MAPPED_BITS : 0);
        if (prefix < 0 || prefix > base.length * Byte.SIZE) {
            throw new IllegalArgumentException("No range of addresses: " + cidr);
        }
    }

    /** @param address 4 or 16 bytes */
    public boolean contains(byte[] address) {
        if (address.length != base.length) {
            return false;
        }
        int whole = prefix / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (address[i] != base[i]) {
                return false;
            }
        }
        int rest = prefix % Byte.SIZE;
        return rest == 0 || ((address[whole] ^ base[whole]) & 0xff) >>> (Byte.SIZE - rest) == 0;
    }
}
