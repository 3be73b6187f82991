package io.evenkeel.accesscontrol;

import static java.util.Objects.requireNonNullElse;

import io.evenkeel.accesscontrol.IpGroupSpec.Entry;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.json.Change;
import io.evenkeel.platform.web.Patterns;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What clients may say of IP groups and their lists. */
final class IpGroupRequests {

    private static final String LIST = "ipgroup.ip_list";
    private static final String LIST_RULE = "must hold at most 10000 entries";
    private static final String LENGTH_RULE = "must be 0..255 characters long";

    private IpGroupRequests() {}

    record IpEntry(
            @NotNull String ip,

            @Size(max = 255, message = LENGTH_RULE)
            @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
            @Nullable
            String description) {}

    record DeletedIp(@NotNull String ip) {}

    record CreateIpGroup(
            @Size(max = 255, message = LENGTH_RULE)
            @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
            @Nullable
            String name,

            @Size(max = 255, message = LENGTH_RULE)
            @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
            @Nullable
            String description,

            @NotNull @Size(max = IpGroupSpec.MAX_ENTRIES, message = LIST_RULE)
            List<@NotNull @Valid IpEntry> ipList,

            @Nullable String projectId,

            @Pattern(regexp = Patterns.ENTERPRISE_PROJECT, message = Patterns.ENTERPRISE_PROJECT_RULE) @Nullable
            String enterpriseProjectId) {

        IpGroupSpec toSpec(String pathProjectId) {
            if (projectId != null && !projectId.equals(pathProjectId)) {
                throw ErrorCode.INVALID_INPUT.with("ipgroup.project_id", "must be the project of the path");
            }
            return new IpGroupSpec(
                    requireNonNullElse(name, ""),
                    requireNonNullElse(description, ""),
                    entries(ipList),
                    requireNonNullElse(enterpriseProjectId, "0"));
        }
    }

    /** Replaces the list where one is given. */
    record UpdateIpGroup(
            Change<
                            @Size(max = 255, message = LENGTH_RULE)
                            @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>
                    name,
            Change<
                            @Size(max = 255, message = LENGTH_RULE)
                            @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>
                    description,
            Change<@Size(max = IpGroupSpec.MAX_ENTRIES, message = LIST_RULE) List<@NotNull @Valid IpEntry>> ipList) {

        IpGroupSpec applyTo(IpGroupSpec now) {
            return now.replacedBy(
                    name.over(now.name(), ""),
                    description.over(now.description(), ""),
                    ipList.map(IpGroupRequests::entries).orRefuse(now.entries(), LIST));
        }
    }

    /** Adds to the list, and changes what is there. */
    record UpdateIpList(
            Change<
                            @Size(max = 255, message = LENGTH_RULE)
                            @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>
                    name,
            Change<
                            @Size(max = 255, message = LENGTH_RULE)
                            @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>
                    description,

            @NotNull @Size(max = IpGroupSpec.MAX_ENTRIES, message = LIST_RULE)
            List<@NotNull @Valid IpEntry> ipList) {

        IpGroupSpec applyTo(IpGroupSpec now) {
            return now.with(name.over(now.name(), ""), description.over(now.description(), ""), entries(ipList));
        }
    }

    /** Takes entries from the list. */
    record DeleteIpList(
            @NotNull @Size(max = IpGroupSpec.MAX_ENTRIES, message = LIST_RULE)
            List<@NotNull @Valid DeletedIp> ipList) {

        IpGroupSpec applyTo(IpGroupSpec now) {
            return now.without(entries(ipList.stream()
                            .map(ip -> new IpEntry(ip.ip(), null))
                            .toList())
                    .stream()
                    .map(Entry::range)
                    .collect(Collectors.toSet()));
        }
    }

    /** Errors: INVALID_INPUT naming {@code ipgroup.ip_list[n].ip}. */
    private static List<Entry> entries(List<IpEntry> list) {
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < list.size(); i++) {
            var attribute = LIST + "[" + i + "].ip";
            var range = IpRange.parse(list.get(i).ip())
                    .orElseThrow(() -> ErrorCode.INVALID_INPUT.with(attribute, IpRange.RULE));
            entries.add(Entry.of(range, requireNonNullElse(list.get(i).description(), "")));
        }
        return entries;
    }
}
