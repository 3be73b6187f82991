package io.evenkeel.pool.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.pool.PoolProtocol;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * How a client is kept at one member (wire contract, resources.md §3 and §11).
 *
 * @param cookieName of the application's own cookie; null unless the type is APP_COOKIE
 * @param persistenceTimeout minutes; null only for APP_COOKIE, where it has no effect
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SessionPersistence(
        Type type, @Nullable String cookieName, @Nullable Integer persistenceTimeout) {

    private static final int MAX_MINUTES_BELOW_HTTP = 60;
    private static final int DEFAULT_MINUTES_BELOW_HTTP = 1;
    private static final int DEFAULT_MINUTES_OF_HTTP = 1440;

    /** What tells one client from another. The names are stored. */
    public enum Type {
        SOURCE_IP,
        HTTP_COOKIE,
        APP_COOKIE
    }

    /** As clients give it. */
    public record SessionPersistenceInput(
            @NotNull
            @Pattern(
                    regexp = "^(SOURCE_IP|HTTP_COOKIE|APP_COOKIE)$",
                    message = "must be one of SOURCE_IP, HTTP_COOKIE, APP_COOKIE")
            String type,

            @Nullable
            @Pattern(regexp = "^[A-Za-z0-9._-]{1,255}$", message = "must be 1..255 letters, digits, '-', '_' or '.'")
            String cookieName,

            @Nullable @Min(value = 1, message = "must be 1..1440") @Max(value = 1440, message = "must be 1..1440")
            Integer persistenceTimeout) {

        /** With the defaults of the protocol. TCP and UDP know clients by address, whatever type was asked for. */
        public SessionPersistence of(PoolProtocol protocol) {
            var asked = Type.valueOf(type);
            var meant = protocol == PoolProtocol.TCP || protocol == PoolProtocol.UDP ? Type.SOURCE_IP : asked;
            if (persistenceTimeout != null || meant == Type.APP_COOKIE) {
                return new SessionPersistence(meant, cookieName, persistenceTimeout);
            }
            return new SessionPersistence(
                    meant, cookieName, protocol.isHttp() ? DEFAULT_MINUTES_OF_HTTP : DEFAULT_MINUTES_BELOW_HTTP);
        }
    }

    /**
     * Pools of protocol QUIC need one (resources.md §11). A rule for requests, so that what is stored stays readable.
     * Error: INVALID_INPUT.
     */
    public static void requireFor(PoolProtocol protocol, @Nullable SessionPersistence given) {
        if (protocol == PoolProtocol.QUIC && given == null) {
            throw ErrorCode.INVALID_INPUT.with(
                    "pool.session_persistence", "must be given, of type SOURCE_IP, for pools of protocol QUIC");
        }
    }

    void checkFor(PoolProtocol protocol) {
        if (!protocol.isHttp() && !protocol.isPassedThrough()) {
            throw ErrorCode.INVALID_INPUT.with(
                    "pool.session_persistence", "is not supported by pools of protocol " + protocol);
        }
        if (protocol.isHttp() == (type == Type.SOURCE_IP)) {
            throw ErrorCode.INVALID_INPUT.with(
                    "pool.session_persistence.type",
                    protocol.isHttp()
                            ? "must be HTTP_COOKIE or APP_COOKIE for pools of protocol " + protocol
                            : "must be SOURCE_IP for pools of protocol " + protocol);
        }
        if ((type == Type.APP_COOKIE) != (cookieName != null)) {
            throw ErrorCode.INVALID_INPUT.with(
                    "pool.session_persistence.cookie_name", "must be given with type APP_COOKIE and only with it");
        }
        if (!protocol.isHttp() && persistenceTimeout != null && persistenceTimeout > MAX_MINUTES_BELOW_HTTP) {
            throw ErrorCode.INVALID_INPUT.with(
                    "pool.session_persistence.persistence_timeout", "must be 1..60 for pools of protocol " + protocol);
        }
    }
}
