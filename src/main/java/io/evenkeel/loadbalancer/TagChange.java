package io.evenkeel.loadbalancer;

import io.evenkeel.platform.error.ErrorCode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants to be done with tags of a resource. Creating a tag whose key is there gives it the new value;
 * deleting needs the key, and the value too unless it is empty or left out. What is not there is not missed.
 */
public record TagChange(
        @NotNull @Pattern(regexp = "create|delete", message = "must be create or delete")
        String action,

        @NotNull @Size(min = 1, max = Tag.MAX, message = Tag.MAX_RULE)
        List<@NotNull @Valid Named> tags) {

    private static final String PLAIN = "[^=*<>\\\\,|/\\p{Cc}\\p{Cs}]*";
    private static final String PLAIN_RULE = "must not contain control characters or any of =*<>\\,|/";

    /** A tag as the tag operations take it: its value may be longer than when it comes with its resource. */
    public record Named(
            @NotNull
            @Size(min = 1, max = 36, message = "must be 1..36 characters long")
            @Pattern(regexp = PLAIN, message = PLAIN_RULE)
            String key,

            @Size(max = 255, message = "must be 0..255 characters long")
            @Pattern(regexp = PLAIN, message = PLAIN_RULE)
            @Nullable
            String value) {}

    /** The tags after this change, in the order in which their keys came. Errors: REQUIRED, INVALID_INPUT. */
    public List<Tag> applyTo(List<Tag> now) {
        var after = new LinkedHashMap<String, Tag>();
        now.forEach(tag -> after.put(tag.key(), tag));
        for (int i = 0; i < tags.size(); i++) {
            var key = tags.get(i).key();
            var value = tags.get(i).value();
            if (action.equals("create")) {
                if (value == null) {
                    throw ErrorCode.REQUIRED.with("tags[" + i + "].value");
                }
                after.put(key, new Tag(key, value));
            } else if (value == null || value.isEmpty()) {
                after.remove(key);
            } else {
                after.remove(key, new Tag(key, value));
            }
        }
        return Tag.of(List.copyOf(after.values()), "tags");
    }
}
