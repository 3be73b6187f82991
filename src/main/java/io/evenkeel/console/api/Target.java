package io.evenkeel.console.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriUtils;

/**
 * Where a call goes: a path and the query's names and values, neither of them encoded.
 *
 * @param path as in the API's description, variables filled in and encoded
 */
public record Target(String path, MultiValueMap<String, String> query) {

    /** {@code Target.of("/v3/{}/elb/pools/{}", project, id)}: each {@code {}} takes a value, whatever is in it. */
    public static Target of(String template, String... values) {
        var left = Arrays.asList(values).iterator();
        var path = new StringBuilder();
        int from = 0;
        for (int at = template.indexOf("{}"); at >= 0; at = template.indexOf("{}", from)) {
            path.append(template, from, at).append(UriUtils.encodePathSegment(left.next(), StandardCharsets.UTF_8));
            from = at + 2;
        }
        return new Target(path.append(template.substring(from)).toString(), new LinkedMultiValueMap<>());
    }

    public Target with(String name, String value) {
        var more = new LinkedMultiValueMap<>(query);
        more.add(name, value);
        return new Target(path, more);
    }

    public Target with(MultiValueMap<String, String> more) {
        var all = new LinkedMultiValueMap<>(query);
        more.forEach((name, values) -> all.put(name, values));
        return new Target(path, all);
    }

    /** The write is only rehearsed, and answers its plan. */
    public Target rehearsed() {
        return with("dry_run", "true");
    }

    /** As it stands in a URL; empty without a query. */
    String encodedQuery() {
        var text = new StringBuilder();
        query.forEach((name, values) -> values.forEach(value -> text.append(text.isEmpty() ? "" : "&")
                .append(UriUtils.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(UriUtils.encode(value, StandardCharsets.UTF_8))));
        return text.toString();
    }
}
