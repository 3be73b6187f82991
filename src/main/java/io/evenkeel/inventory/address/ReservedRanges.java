package io.evenkeel.inventory.address;

import io.evenkeel.platform.error.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Ranges in which no backend may lie, because a proxy that connects there reaches its own host, the cloud's metadata
 * or everybody (IANA special-purpose registries, RFC 6890), unless the operator allowed them on purpose.
 */
@Component
public class ReservedRanges {

    private static final Map<Cidr, String> RESERVED = reserved();

    private final List<Cidr> allowed;

    ReservedRanges(InventoryProperties properties) {
        allowed = properties.allowedReservedRanges().stream()
                .map(range -> Cidr.parse("evenkeel.inventory.allowed-reserved-ranges", range))
                .toList();
    }

    private static Map<Cidr, String> reserved() {
        var ranges = new LinkedHashMap<Cidr, String>();
        Map.ofEntries(
                        Map.entry("0.0.0.0/8", "unspecified"),
                        Map.entry("127.0.0.0/8", "loopback"),
                        Map.entry("169.254.0.0/16", "link-local and metadata"),
                        Map.entry("224.0.0.0/4", "multicast"),
                        Map.entry("255.255.255.255/32", "broadcast"),
                        Map.entry("::/80", "unspecified, loopback and IPv4-mapped"),
                        Map.entry("64:ff9b::/96", "NAT64"),
                        Map.entry("64:ff9b:1::/48", "NAT64"),
                        Map.entry("fd00:ec2::254/128", "metadata"),
                        Map.entry("fe80::/10", "link-local"),
                        Map.entry("ff00::/8", "multicast"))
                .forEach((range, what) -> ranges.put(Cidr.parse("reserved", range), what));
        return Map.copyOf(ranges);
    }

    /** Errors: {@link ErrorCode#INVALID_INPUT} naming the field and the reserved range that the given one overlaps. */
    public void refuse(String field, Cidr cidr) {
        RESERVED.forEach((range, what) -> {
            if (!cidr.overlaps(range)) {
                return;
            }
            var shared = cidr.prefix() > range.prefix() ? cidr : range;
            if (allowed.stream().noneMatch(shared::isInside)) {
                throw ErrorCode.INVALID_INPUT.with(
                        field, "must not overlap the reserved range %s (%s)".formatted(range.text(), what));
            }
        });
    }
}
