package io.evenkeel.distribution.judging;

import com.fasterxml.jackson.annotation.JsonValue;

/** Whether members got their shares. */
public enum Verdict {
    BALANCED("balanced"),
    UNBALANCED("unbalanced"),
    /** Nothing can be said: chance alone could make any such figures. */
    TOO_FEW_REQUESTS("too few requests");

    private final String onWire;

    Verdict(String onWire) {
        this.onWire = onWire;
    }

    @JsonValue
    public String onWire() {
        return onWire;
    }
}
