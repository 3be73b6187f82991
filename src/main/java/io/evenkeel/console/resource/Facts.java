package io.evenkeel.console.resource;

import io.evenkeel.console.api.Tree;
import io.evenkeel.console.api.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything that an answer says of one resource, as a list of names and values. */
public final class Facts {

    /** Told elsewhere on the page, or the same for all. */
    private static final Set<String> LEFT_OUT = Set.of("project_id", "evenkeel", "status", "enterprise_project_id");

    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry("id", "Id"),
            Map.entry("lb_algorithm", "Algorithm"),
            Map.entry("vpc_id", "VPC"),
            Map.entry("vip_address", "Address"),
            Map.entry("os", "System"),
            Map.entry("cidr", "Range"),
            Map.entry("pools", "Groups"),
            Map.entry("loadbalancers", "Load balancers"),
            Map.entry("default_pool_id", "Default group"),
            Map.entry("admin_state_up", "Switched on"),
            Map.entry("http2_enable", "HTTP/2"),
            Map.entry("gzip_enable", "Compressed with gzip"),
            Map.entry("sni_match_algo", "Match of server names"),
            Map.entry("ssl_early_data_enable", "TLS early data"),
            Map.entry("nat64_enable", "NAT64"),
            Map.entry("cps", "New connections per second at most"),
            Map.entry("connection", "Connections at most"),
            Map.entry("transparent_client_ip_enable", "Passes the client's address on"),
            Map.entry("proxy_protocol_enable", "PROXY protocol"),
            Map.entry("enhance_l7policy_enable", "Advanced policies"),
            Map.entry("ip_target_enable", "Takes members by address alone"),
            Map.entry("ip_version", "IP version"));

    /** @param isCode whether it is shown as it is, in lines */
    public record Fact(String label, List<Piece> pieces, boolean isCode) {}

    private Facts() {}

    /** Ids of others in it, to look their names up. */
    public static List<String> references(Tree resource) {
        var ids = new ArrayList<String>();
        resource.attributes().stream()
                .filter(entry -> References.kindOf(entry.getKey()) != null)
                .forEach(entry -> ids.addAll(References.ids(entry.getValue())));
        return ids;
    }

    public static List<Fact> of(Tree resource, Cells cells) {
        return resource.attributes().stream()
                .filter(entry -> !LEFT_OUT.contains(entry.getKey()))
                .filter(entry -> !isEmpty(entry.getValue()))
                .map(entry -> fact(entry.getKey(), entry.getValue(), cells))
                .toList();
    }

    private static boolean isEmpty(Tree value) {
        return value.node().isNull()
                || (value.node().isContainer() && value.node().isEmpty())
                || (value.node().isString() && value.raw().isEmpty());
    }

    private static Fact fact(String name, Tree value, Cells cells) {
        if (References.kindOf(name) != null) {
            return new Fact(label(name), cells.links(name, value), false);
        }
        if (name.endsWith("_at") || name.endsWith("_time")) {
            return new Fact(label(name), List.of(Cells.time(value.text())), false);
        }
        boolean isCode = value.raw().contains("\n");
        // Lines are shown as lines there, so what ends them stays.
        var text = isCode ? value.raw().lines().map(Visible::text).collect(Collectors.joining("\n")) : flat(value);
        return new Fact(label(name), List.of(Piece.of(text)), isCode);
    }

    /** A value in one line. */
    static String flat(Tree value) {
        if (value.node().isArray()) {
            return value.items().stream().map(Facts::flat).collect(Collectors.joining(", "));
        }
        if (value.node().isObject()) {
            return value.attributes().stream()
                    .filter(entry -> !isEmpty(entry.getValue()))
                    .map(entry -> words(entry.getKey()) + " " + flat(entry.getValue()))
                    .collect(Collectors.joining(", "));
        }
        if (value.node().isBoolean()) {
            return value.node().asBoolean() ? "yes" : "no";
        }
        return value.text();
    }

    static String label(String name) {
        var known = LABELS.get(name);
        if (known != null) {
            return known;
        }
        var words = words(name);
        return words.isEmpty() ? "" : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** A name as the wire has it, or a constant, in words. */
    public static String words(String name) {
        return name.replaceFirst("_id$", "").replace('_', ' ').toLowerCase(Locale.ROOT);
    }
}
