package io.evenkeel.accesscontrol;

import io.evenkeel.platform.error.ErrorCode;
import jakarta.persistence.Embeddable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * The whole configuration of an IP group (wire contract, resources.md §9).
 *
 * @param entries at most 10,000 and what the quota allows, no two of the same addresses, in the order in which they came; none means any address
 */
@Embeddable
record IpGroupSpec(
        String name,
        String description,
        @JdbcTypeCode(SqlTypes.JSON) List<Entry> entries,
        String enterpriseProjectId) {

    static final int MAX_ENTRIES = 10_000;

    /**
     * An entry.
     *
     * @param ip as answered
     * @param range {@link IpRange#key}: what makes it the same entry as another
     */
    record Entry(String ip, String range, String description) {

        static Entry of(IpRange range, String description) {
            return new Entry(range.text(), range.key(), description);
        }
    }

    IpGroupSpec {
        entries = merged(List.of(), entries);
        if (entries.size() > MAX_ENTRIES) {
            throw ErrorCode.INVALID_INPUT.with("ipgroup.ip_list", "must hold at most " + MAX_ENTRIES + " entries");
        }
    }

    /** The group with these entries too; one of the same addresses takes the place of the one that is there. */
    IpGroupSpec with(String newName, String newDescription, List<Entry> more) {
        return new IpGroupSpec(newName, newDescription, merged(entries, more), enterpriseProjectId);
    }

    IpGroupSpec replacedBy(String newName, String newDescription, List<Entry> newEntries) {
        return new IpGroupSpec(newName, newDescription, newEntries, enterpriseProjectId);
    }

    /** The group without the entries of these addresses; what is not there is not missed. */
    IpGroupSpec without(Collection<String> ranges) {
        var kept = entries.stream()
                .filter(entry -> !ranges.contains(entry.range()))
                .toList();
        return new IpGroupSpec(name, description, kept, enterpriseProjectId);
    }

    /** The addresses alone, which is all that traffic depends on. */
    Set<String> ranges() {
        return entries.stream().map(Entry::range).collect(Collectors.toSet());
    }

    private static List<Entry> merged(List<Entry> before, List<Entry> more) {
        var byRange = new LinkedHashMap<String, Entry>();
        before.forEach(entry -> byRange.put(entry.range(), entry));
        more.forEach(entry -> byRange.put(entry.range(), entry));
        return List.copyOf(byRange.values());
    }
}
