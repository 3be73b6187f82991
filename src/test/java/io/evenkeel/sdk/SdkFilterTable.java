package io.evenkeel.sdk;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What each filter of a list is asked for, and what it must find: by the rows' attribute of its name, or by a table. */
final class SdkFilterTable {

    /** Filters that ask for something that no answer shows: list, filter, value, names of the rows that it finds. */
    private static final String TABLE = """
            ListLoadBalancers ip_version 4 lb1 lb2
            ListLoadBalancers ip_version 6 lb6
            ListLoadBalancers autoscaling enable=true lb1
            ListLoadBalancers autoscaling enable=false lb2 lb6
            ListLoadBalancers member_address $address1 lb1
            ListLoadBalancers member_address 203.0.113.99
            ListLoadBalancers member_device_id $server1 lb1
            ListLoadBalancers member_device_id nobody
            ListListeners member_address $address1 http tcp
            ListListeners member_address $address3 next
            ListListeners member_device_id $server1 http tcp
            ListListeners member_device_id nobody
            ListListeners member_instance_id $server3 next
            ListListeners member_instance_id nobody
            ListListeners loadbalancer_id $lb6 tls spare
            ListListeners loadbalancer_id $lb2
            ListListeners enterprise_project_id all_granted_eps http https tcp tls spare next
            ListPools member_address $address1 web
            ListPools member_address 203.0.113.99
            ListPools member_device_id $server3 typeless
            ListPools member_device_id nobody
            ListPools member_instance_id $server3 typeless
            ListPools member_instance_id nobody
            ListPools loadbalancer_id $lb1 web typeless extra
            ListPools loadbalancer_id $lb2
            ListPools listener_id $next typeless
            ListPools listener_id $https
            ListPools quic_cid_len 6 quic
            ListPools quic_cid_len 7
            ListPools quic_cid_offset 3 quic
            ListPools quic_cid_offset 4
            ListMasterSlavePools member_address $address1 pair1 pair2 pair3
            ListMasterSlavePools member_address $address3
            ListMasterSlavePools member_device_id $server1 pair1 pair2 pair3
            ListMasterSlavePools member_device_id nobody
            ListMasterSlavePools member_instance_id $server2 pair1 pair2 pair3
            ListMasterSlavePools member_instance_id nobody
            ListMasterSlavePools loadbalancer_id $lb1 pair1
            ListMasterSlavePools loadbalancer_id $lb2
            ListMasterSlavePools listener_id $tcp pair1
            ListMasterSlavePools listener_id $https
            ListMembers enterprise_project_id 0 one two
            ListMembers enterprise_project_id sales
            ListAllMembers enterprise_project_id 0 *
            ListAllMembers enterprise_project_id sales
            ListHealthMonitors enterprise_project_id 0 *
            ListHealthMonitors enterprise_project_id sales
            ListL7Rules enterprise_project_id 0 path head
            ListL7Rules enterprise_project_id sales
            ListLogtanks enterprise_project_id 0 log1
            ListLogtanks enterprise_project_id sales log2
            ListL7Policies display_all_rules true many pool1 url fixed hop
            ListFlavors list_all true *
            """;

    /** Filters for which no row can have a value. */
    private static final Map<String, Set<String>> NEVER = Map.of(
            "ListLoadBalancers", Set.of("l4_scale_flavor_id", "l7_scale_flavor_id", "global_eips"),
            "ListL7Policies", Set.of("redirect_url"),
            "ListL7Rules", Set.of("key"));

    private final SdkEstate estate;

    SdkFilterTable(SdkEstate estate) {
        this.estate = estate;
    }

    Set<String> neverMatches(String operation) {
        return NEVER.getOrDefault(operation, Set.of());
    }

    /** The variables of the list's path. */
    Map<String, String> path(String operation) {
        return switch (operation) {
            case "ListMembers" -> Map.of("pool_id", estate.value("web"));
            case "ListL7Rules" -> Map.of("l7policy_id", estate.value("pool1"));
            default -> Map.of();
        };
    }

    /** Each value to ask for, with the ids that it must find, in the order of the rows. */
    Map<String, List<String>> values(String operation, String filter, List<JsonNode> rows) {
        var values = new LinkedHashMap<String, List<String>>();
        TABLE.lines().map(line -> line.split(" ")).forEach(line -> {
            if (line[0].equals(operation) && line[1].equals(filter)) {
                values.put(value(line[2]), found(rows, Arrays.asList(line).subList(3, line.length)));
            }
        });
        if (values.isEmpty()) {
            var asked = new TreeSet<String>();
            rows.forEach(row -> texts(filter, attribute(filter, row)).forEach(asked::add));
            asked.add(other(filter, asked));
            asked.forEach(value -> values.put(
                    value,
                    ids(rows.stream()
                            .filter(row -> texts(filter, attribute(filter, row)).anyMatch(value::equals)))));
        }
        return values;
    }

    private List<String> found(List<JsonNode> rows, List<String> names) {
        var ids = names.stream()
                .map(name -> name.equals("*") ? name : estate.value(name))
                .toList();
        return ids(rows.stream()
                .filter(row -> ids.contains("*") || ids.contains(row.path("id").asString())));
    }

    private static List<String> ids(Stream<JsonNode> rows) {
        return rows.map(row -> row.path("id").asString()).toList();
    }

    private String value(String text) {
        return text.startsWith("$") ? estate.value(text.substring(1)) : text;
    }

    private static JsonNode attribute(String filter, JsonNode row) {
        return filter.equals("healthmonitor_id") && row.has("healthmonitor")
                ? row.path("healthmonitor").path("id")
                : row.path(filter);
    }

    /** The values that find a row with this attribute. */
    private static Stream<String> texts(String filter, JsonNode attribute) {
        if (attribute.isArray()) {
            return attribute.valueStream().flatMap(element -> texts(filter, element));
        }
        if (!attribute.isObject()) {
            return attribute.isMissingNode() ? Stream.of() : Stream.of(attribute.asString());
        }
        return switch (filter) {
            case "ip_list" -> Stream.of(attribute.path("ip").asString());
            case "connection_drain" -> Stream.of(attribute.path("enable").asString());
            default ->
                attribute.properties().stream()
                        .filter(field -> !field.getKey().startsWith("min_"))
                        .map(field -> field.getKey() + "=" + field.getValue().asString());
        };
    }

    /** A value of the same kind that none of them is. */
    private static String other(String filter, Set<String> asked) {
        var some = asked.isEmpty() ? "" : asked.iterator().next();
        if (some.equals("true") || some.equals("false")) {
            return some.equals("true") ? "false" : "true";
        }
        if (some.matches("-?\\d+")) {
            return "9";
        }
        if (some.length() == 36 && !some.contains("=")) {
            return UUID.randomUUID().toString();
        }
        return some.contains("=") ? some.replaceFirst("=.*", "=none") : "none of " + filter;
    }
}
