package io.evenkeel.routing.settings;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Headers that a policy takes away: from the request towards a pool, or from its own answer. */
public record RemovedHeaders(List<RemovedHeader> configs) {

    public RemovedHeaders {
        configs = List.copyOf(configs);
    }

    public record RemovedHeader(
            @NotNull @Pattern(regexp = HeaderNames.PATTERN, message = HeaderNames.RULE)
            String key) {}

    /** As clients give it. */
    public record RemovedHeadersInput(
            @NotNull @Size(max = HeaderNames.MAX_HEADERS, message = "must hold at most 20 headers")
            List<@NotNull @Valid RemovedHeader> configs) {}

    static @Nullable RemovedHeaders of(@Nullable RemovedHeadersInput input, String at) {
        if (input == null) {
            return null;
        }
        HeaderNames.check(input.configs().stream().map(RemovedHeader::key).toList(), at);
        return new RemovedHeaders(input.configs());
    }
}
