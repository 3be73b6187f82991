package io.evenkeel.member.joining;

import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How strictly rules that an operator may loosen are taken.
 *
 * @param sameOs whether all members of a pool must run the same OS
 */
@ConfigurationProperties("evenkeel.rules")
record RulesProperties(@DefaultValue("enforce") SameOs sameOs) {

    enum SameOs {
        /** A server of another OS is refused. */
        ENFORCE,
        /** It is taken, and the answer carries a warning. */
        WARN,
        /** Nobody looks. */
        OFF;

        /** The OS that a joining member is bound to, if any. */
        Optional<String> bound(String os) {
            return this == ENFORCE ? Optional.of(os) : Optional.empty();
        }
    }
}
