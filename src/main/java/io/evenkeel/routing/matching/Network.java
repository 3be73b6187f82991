package io.evenkeel.routing.matching;

import io.evenkeel.platform.IpAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** A range of addresses in CIDR notation; bits behind the prefix are allowed, and without meaning. */
record Network(InetAddress base, int prefix) {

    private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");

    static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !PREFIX.matcher(text.substring(slash + 1)).matches()) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        return IpAddress.parse(text.substring(0, slash))
                .map(IpAddress::value)
                .filter(address -> prefix <= address.getAddress().length * 8)
                .map(address -> new Network(base(address, prefix), prefix));
    }

    private static InetAddress base(InetAddress address, int prefix) {
        var bytes = address.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.clamp(prefix - i * 8L, 0, 8);
            bytes[i] &= (byte) (0xff << (8 - kept));
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 bytes are an address", e);
        }
    }

    /** The same for all spellings of one range. */
    String canonical() {
        return base.getHostAddress() + "/" + prefix;
    }
}
