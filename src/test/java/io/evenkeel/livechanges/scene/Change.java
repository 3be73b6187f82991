package io.evenkeel.livechanges.scene;

import io.evenkeel.desiredstate.Algorithm;
import io.evenkeel.desiredstate.DesiredHealthMonitor;
import io.evenkeel.desiredstate.DesiredStickiness;
import java.util.Optional;

/** One change of what is served. Pools go by their names, servers by their numbers. */
public sealed interface Change {

    record Weigh(String pool, int server, int weight) implements Change {}

    record AddMember(String pool, int server, int weight) implements Change {}

    record RemoveMember(String pool, int server) implements Change {}

    record Balance(String pool, Algorithm algorithm) implements Change {}

    /** A monitor where there was none, or another one in its place. */
    record Monitor(String pool, Check check) implements Change {}

    record DropMonitor(String pool) implements Change {}

    /** How long what is under way at members that leave may go on; 0: as long as it likes. */
    record Drain(String pool, int seconds) implements Change {}

    /** How long newcomers are eased in; 0: not at all. */
    record SlowStart(String pool, int seconds) implements Change {}

    record FailOpen(String pool, boolean isOn) implements Change {}

    /** How clients are kept at members from now on. */
    record Keep(String pool, Optional<DesiredStickiness.Type> type) implements Change {}

    /** Another policy, or the one of that number otherwise than before. */
    record PutPolicy(Front front, Policy policy) implements Change {}

    record RemovePolicy(Front front, int number) implements Change {}

    /** Each goes where the other was in their order. */
    record SwapPolicies(Front front, int one, int other) implements Change {}

    /** The listener with TLS shows another certificate. */
    record Certificate(int revision) implements Change {}

    record EditListener(Front front, int revision) implements Change {}

    /** The listener's default pool is another from now on. */
    record SwapPool(Front front, String pool) implements Change {}

    /** A server's checks go another way from now on; what it serves goes on. */
    record Flip(int server, Condition condition) implements Change {}

    /** Of another listener, beside those that carry the load. */
    record OpenListener(int port) implements Change {}

    record CloseListener(int port) implements Change {}

    /** How a server meets checks. */
    enum Condition {
        WELL,
        /** HTTP checks are answered 503. */
        ANSWERS_ERRORS,
        /** The port for checks is closed. */
        REFUSES,
        /** Connections are taken and nothing is answered. */
        SILENT
    }

    record Check(DesiredHealthMonitor.Type type, int speed, int rises, int falls, String path, String codes) {}
}
