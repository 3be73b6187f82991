package io.evenkeel.console.page;

import io.evenkeel.console.page.Frame.Entry;
import io.evenkeel.console.page.Frame.Section;
import java.util.List;
import java.util.Map;

/** Where one can go from every page. */
final class Navigation {

    private static final List<Map.Entry<String, List<Map.Entry<String, String>>>> SECTIONS = List.of(
            Map.entry(
                    "Traffic",
                    List.of(
                            Map.entry("load-balancers", "Load balancers"),
                            Map.entry("listeners", "Listeners"),
                            Map.entry("groups", "Server groups"),
                            Map.entry("policies", "Forwarding policies"),
                            Map.entry("health-monitors", "Health monitors"))),
            Map.entry(
                    "Security",
                    List.of(
                            Map.entry("certificates", "Certificates"),
                            Map.entry("security-policies", "TLS policies"),
                            Map.entry("ip-groups", "IP groups"))),
            Map.entry(
                    "Cloud",
                    List.of(
                            Map.entry("servers", "Servers"),
                            Map.entry("subnets", "Subnets"),
                            Map.entry("vpcs", "VPCs"),
                            Map.entry("zones", "Zones"))),
            Map.entry(
                    "Operation",
                    List.of(
                            Map.entry("events", "Events"),
                            Map.entry("audit", "Audit"),
                            Map.entry("workers", "Workers"),
                            Map.entry("quotas", "Quotas"))));

    private Navigation() {}

    static List<Section> of(Frame frame) {
        return SECTIONS.stream()
                .map(section -> new Section(
                        section.getKey(),
                        section.getValue().stream()
                                .map(entry -> new Entry(
                                        entry.getValue(),
                                        frame.base() + "/" + entry.getKey(),
                                        entry.getKey().equals(frame.section())))
                                .toList()))
                .toList();
    }
}
