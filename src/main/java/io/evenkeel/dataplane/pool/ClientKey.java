package io.evenkeel.dataplane.pool;

import java.net.Inet6Address;
import java.net.InetAddress;

/** What tells clients apart for source-IP hashing: the IPv4 address, or the /64 of an IPv6 address; never the port. */
public final class ClientKey {

    private ClientKey() {}

    public static long of(InetAddress client) {
        var bytes = client.getAddress();
        int length = client instanceof Inet6Address ? 8 : 4;
        long key = length;
        for (int i = 0; i < length; i++) {
            key = (key << 8) ^ (bytes[i] & 0xff);
        }
        return key;
    }
}
