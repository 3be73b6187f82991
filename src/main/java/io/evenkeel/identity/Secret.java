package io.evenkeel.identity;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;

/** Text that must never be read in a log: it shows itself only to who asks for its value. */
public record Secret(String value) {

    public byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    /** Also what JSON shows of it. */
    @Override
    @JsonValue
    public String toString() {
        return "***";
    }
}
