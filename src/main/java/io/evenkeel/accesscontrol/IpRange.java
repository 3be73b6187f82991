package io.evenkeel.accesscontrol;

import io.evenkeel.platform.IpAddress;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses from the first to the last, written as one address, a CIDR, or {@code from-to}. The text keeps the form
 * that was given, with each address in its canonical spelling (RFC 5952) and a CIDR's host bits set to zero, as they
 * say nothing. The key is the same for every way to write the same addresses.
 */
record IpRange(String text, String key) {

    static final String RULE =
            "must be an IPv4 or IPv6 address, a CIDR, or a range from-to whose end is above its start";

    private static final Pattern PREFIX = Pattern.compile("0|[1-9]\\d{0,2}");
    private static final int IPV6_GROUPS = 8;

    /** Empty for what is none of the three forms. */
    static Optional<IpRange> parse(String text) {
        int slash = text.indexOf('/');
        if (slash >= 0) {
            return cidr(text.substring(0, slash), text.substring(slash + 1));
        }
        int dash = text.indexOf('-');
        if (dash >= 0) {
            return fromTo(text.substring(0, dash), text.substring(dash + 1));
        }
        return IpAddress.parse(text).map(address -> {
            var canonical = canonical(address.value().getAddress());
            return new IpRange(canonical, canonical + "-" + canonical);
        });
    }

    private static Optional<IpRange> cidr(String address, String prefixText) {
        @Nullable IpAddress parsed = IpAddress.parse(address).orElse(null);
        if (parsed == null || !PREFIX.matcher(prefixText).matches()) {
            return Optional.empty();
        }
        var bytes = parsed.value().getAddress();
        int bits = bytes.length * Byte.SIZE;
        int prefix = Integer.parseInt(prefixText);
        if (prefix > bits) {
            return Optional.empty();
        }
        var hosts = BigInteger.ONE.shiftLeft(bits - prefix).subtract(BigInteger.ONE);
        var first = number(bytes).andNot(hosts);
        var from = canonical(bytes(first, bytes.length));
        var to = canonical(bytes(first.or(hosts), bytes.length));
        return Optional.of(new IpRange(from + "/" + prefix, from + "-" + to));
    }

    private static Optional<IpRange> fromTo(String from, String to) {
        @Nullable IpAddress first = IpAddress.parse(from).orElse(null);
        @Nullable IpAddress last = IpAddress.parse(to).orElse(null);
        if (first == null || last == null || first.isIpv6() != last.isIpv6()) {
            return Optional.empty();
        }
        var start = first.value().getAddress();
        var end = last.value().getAddress();
        if (number(start).compareTo(number(end)) >= 0) {
            return Optional.empty();
        }
        var text = canonical(start) + "-" + canonical(end);
        return Optional.of(new IpRange(text, text));
    }

    private static BigInteger number(byte[] address) {
        return new BigInteger(1, address);
    }

    private static byte[] bytes(BigInteger number, int length) {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = number.shiftRight((length - 1 - i) * Byte.SIZE).byteValue();
        }
        return bytes;
    }

    private static String canonical(byte[] address) {
        if (address.length == 4) {
            return (address[0] & 0xff) + "." + (address[1] & 0xff) + "." + (address[2] & 0xff) + "."
                    + (address[3] & 0xff);
        }
        var groups = new int[IPV6_GROUPS];
        for (int i = 0; i < IPV6_GROUPS; i++) {
            groups[i] = (address[2 * i] & 0xff) << Byte.SIZE | (address[2 * i + 1] & 0xff);
        }
        return compressed(groups);
    }

    /** The longest run of two or more zero groups, the first of equals, becomes {@code ::}. */
    private static String compressed(int[] groups) {
        int start = -1;
        int length = 1;
        for (int i = 0; i < IPV6_GROUPS; i++) {
            int zeros = zerosFrom(groups, i);
            if (zeros > length) {
                start = i;
                length = zeros;
            }
        }
        return start < 0
                ? hex(groups, 0, IPV6_GROUPS)
                : hex(groups, 0, start) + "::" + hex(groups, start + length, IPV6_GROUPS);
    }

    private static int zerosFrom(int[] groups, int from) {
        int end = from;
        while (end < IPV6_GROUPS && groups[end] == 0) {
            end++;
        }
        return end - from;
    }

    private static String hex(int[] groups, int from, int to) {
        var text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i > from ? ":" : "").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
