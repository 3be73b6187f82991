package io.evenkeel.platform;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address given as a literal: four decimal numbers without leading zeros, or IPv6 without a zone. Host names,
 * shortened, octal and hexadecimal IPv4, and IPv4 in IPv6 clothes (::ffff:0:0/96) are none. Nothing is ever resolved.
 */
public record IpAddress(InetAddress value) {

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern DOTTED_QUAD = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern HEX_GROUPS = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    /** The address that the text spells, or empty. */
    public static Optional<IpAddress> parse(String text) {
        boolean isQuad = DOTTED_QUAD.matcher(text).matches();
        if (!isQuad && !(text.indexOf(':') >= 0 && HEX_GROUPS.matcher(text).matches())) {
            return Optional.empty();
        }
        try {
            var value = InetAddress.ofLiteral(text);
            var expected = isQuad ? Inet4Address.class : Inet6Address.class;
            return expected.isInstance(value) ? Optional.of(new IpAddress(value)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public boolean isIpv6() {
        return value instanceof Inet6Address;
    }

    /** Readable by PostgreSQL; its {@code host()} gives the canonical form that answers show. */
    public String text() {
        return value.getHostAddress();
    }

    @Override
    public String toString() {
        return text();
    }
}
