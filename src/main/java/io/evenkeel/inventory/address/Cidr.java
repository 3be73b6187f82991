package io.evenkeel.inventory.address;

import io.evenkeel.platform.IpAddress;
import io.evenkeel.platform.error.ErrorCode;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** An address range such as {@code 10.0.0.0/16}, whose host bits are zero. */
public record Cidr(IpAddress network, int prefix) {

    private static final Pattern PREFIX = Pattern.compile("0|[1-9]\\d{0,2}");

    /** Errors: {@link ErrorCode#INVALID_INPUT} naming the field. */
    public static Cidr parse(String field, String text) {
        int slash = text.indexOf('/');
        var address =
                slash < 0 ? null : IpAddress.parse(text.substring(0, slash)).orElse(null);
        if (address == null || !PREFIX.matcher(text.substring(slash + 1)).matches()) {
            throw ErrorCode.INVALID_INPUT.with(field, "must be an address range such as 10.0.0.0/16 or fd00:1::/64");
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        int bits = bits(address);
        if (prefix > bits) {
            throw ErrorCode.INVALID_INPUT.with(field, "must have a prefix length from 0 to " + bits);
        }
        if (number(address).getLowestSetBit() >= 0 && number(address).getLowestSetBit() < bits - prefix) {
            throw ErrorCode.INVALID_INPUT.with(field, "must have zero in every bit behind its first " + prefix);
        }
        return new Cidr(address, prefix);
    }

    public boolean isIpv6() {
        return network.isIpv6();
    }

    public boolean contains(IpAddress address) {
        return address.isIpv6() == isIpv6() && head(address).equals(head(network));
    }

    /** Whether every address of this range lies in the other. */
    public boolean isInside(Cidr other) {
        return prefix >= other.prefix && other.contains(network);
    }

    public boolean overlaps(Cidr other) {
        return isInside(other) || other.isInside(this);
    }

    /** Whether a server or VIP may have the address: one of the range, neither its network nor its broadcast address. */
    public boolean isHost(IpAddress address) {
        var behind = number(address).subtract(number(network));
        var last = BigInteger.ONE.shiftLeft(bits(network) - prefix).subtract(BigInteger.ONE);
        return contains(address) && behind.signum() != 0 && !behind.equals(last);
    }

    public boolean isSingleAddress() {
        return prefix == bits(network);
    }

    /** Readable by PostgreSQL, whose own text of it is the canonical one. */
    public String text() {
        return network.text() + "/" + prefix;
    }

    private BigInteger head(IpAddress address) {
        return number(address).shiftRight(bits(address) - prefix);
    }

    private static int bits(IpAddress address) {
        return address.isIpv6() ? 128 : 32;
    }

    private static BigInteger number(IpAddress address) {
        return new BigInteger(1, address.value().getAddress());
    }
}
