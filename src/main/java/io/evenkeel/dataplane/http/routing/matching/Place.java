package io.evenkeel.dataplane.http.routing.matching;

import java.net.InetSocketAddress;
import java.util.UUID;

/**
 * Where requests come in.
 *
 * @param vip the address that clients use
 * @param isSecure whether they come over TLS
 * @param loops how many event loops serve it
 */
public record Place(UUID loadBalancerId, InetSocketAddress vip, String vipText, boolean isSecure, int loops) {

    public String scheme() {
        return isSecure ? "https" : "http";
    }

    public int defaultPort() {
        return isSecure ? 443 : 80;
    }

    /** As it stands in a URL. */
    public String vipHost() {
        return vipText.indexOf(':') >= 0 ? "[" + vipText + "]" : vipText;
    }
}
