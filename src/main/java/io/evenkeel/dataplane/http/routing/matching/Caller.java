package io.evenkeel.dataplane.http.routing.matching;

import io.evenkeel.dataplane.pool.ClientKey;
import java.net.InetSocketAddress;

/** Where a client connects from, in the forms that rules and actions need. */
public final class Caller {

    private final byte[] address;
    private final String host;
    private final String port;
    private final long key;

    /** @param host its address as text */
    public Caller(InetSocketAddress client, String host) {
        this.address = client.getAddress().getAddress();
        this.host = host;
        this.port = Integer.toString(client.getPort());
        this.key = ClientKey.of(client.getAddress());
    }

    byte[] address() {
        return address;
    }

    public String host() {
        return host;
    }

    public String port() {
        return port;
    }

    /** What limits count by: {@link ClientKey#of}. */
    public long key() {
        return key;
    }
}
