package io.evenkeel.inventory.address;

import io.evenkeel.platform.error.ErrorCode;
import java.util.regex.Pattern;

/** Ids in the inventory are the caller's own. */
public final class InventoryIds {

    public static final String PATTERN = "^(?!\\.{1,2}$)[A-Za-z0-9._-]{1,64}$";
    public static final String RULE = "must be 1..64 letters, digits, '-', '_' or '.'";

    private static final Pattern COMPILED = Pattern.compile(PATTERN);

    private InventoryIds() {}

    /** Errors: {@link ErrorCode#INVALID_INPUT} naming the field. */
    public static void check(String field, String id) {
        if (!COMPILED.matcher(id).matches()) {
            throw ErrorCode.INVALID_INPUT.with(field, RULE);
        }
    }
}
