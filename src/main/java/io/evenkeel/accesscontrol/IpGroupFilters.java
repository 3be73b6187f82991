package io.evenkeel.accesscontrol;

import io.evenkeel.platform.paging.Filter;
import io.evenkeel.platform.paging.ListOperation;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** The filters of ListIpGroups (wire contract, filters.md §1, §3). */
@Component
class IpGroupFilters extends ListOperation {

    private static final String LIST = "ip_list";

    IpGroupFilters() {
        super("ListIpGroups", "ip_group t", "t.id");
        uuid("id", "t.id");
        text("name", "t.name");
        text("description", "t.description");
        where(
                LIST,
                Filter.Type.TEXT,
                "exists (select 1 from jsonb_array_elements(t.entries) e where e->>'range' = any(:%s))",
                true);
        enterpriseProject("t.enterprise_project_id");
    }

    /**
     * The query with the entries asked for as they are kept: one value may hold several, separated by commas, each in
     * any spelling. What is no entry matches nothing.
     */
    static MultiValueMap<String, String> spelledOut(MultiValueMap<String, String> query) {
        var asked = query.get(LIST);
        if (asked == null) {
            return query;
        }
        var spelledOut = new LinkedMultiValueMap<String, String>(query);
        spelledOut.put(
                LIST,
                asked.stream()
                        .flatMap(value -> Optional.ofNullable(value).stream())
                        .flatMap(value -> Arrays.stream(value.split(",")))
                        .map(String::strip)
                        .map(ip -> IpRange.parse(ip).map(IpRange::key).orElse(ip))
                        .distinct()
                        .toList());
        return spelledOut;
    }
}
