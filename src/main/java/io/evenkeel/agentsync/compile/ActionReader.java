package io.evenkeel.agentsync.compile;

import io.evenkeel.desiredstate.routing.DesiredAction;
import io.evenkeel.desiredstate.routing.DesiredAction.Answer;
import io.evenkeel.desiredstate.routing.DesiredAction.Redirect;
import io.evenkeel.desiredstate.routing.DesiredAction.Rewrite;
import io.evenkeel.desiredstate.routing.DesiredAction.Share;
import io.evenkeel.desiredstate.routing.DesiredAction.Stickiness;
import io.evenkeel.desiredstate.routing.DesiredAction.ToPools;
import io.evenkeel.desiredstate.routing.DesiredCors;
import io.evenkeel.desiredstate.routing.DesiredFields;
import io.evenkeel.desiredstate.routing.DesiredFields.Inserted;
import io.evenkeel.desiredstate.routing.DesiredFields.Source;
import io.evenkeel.desiredstate.routing.DesiredLimit;
import io.evenkeel.routing.PolicyAction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** What policies do, out of their rows and the JSON in them. */
final class ActionReader {

    private static final int MOVED_PERMANENTLY = 301;

    private final JsonMapper json;

    ActionReader(JsonMapper json) {
        this.json = json;
    }

    DesiredAction read(PolicyAction action, ResultSet row) throws SQLException {
        return switch (action) {
            case REDIRECT_TO_POOL -> toPools(row);
            case REDIRECT_TO_LISTENER -> toListener(row.getInt("target_port"));
            case REDIRECT_TO_URL -> redirect(column(row, "redirect_url_config"));
            case FIXED_RESPONSE -> answer(column(row, "fixed_response_config"));
        };
    }

    private ToPools toPools(ResultSet row) throws SQLException {
        var shares = column(row, "redirect_pools_config")
                .valueStream()
                .map(share -> new Share(
                        UUID.fromString(share.path("poolId").asString()),
                        share.path("weight").asInt()))
                .toList();
        var pools = shares.isEmpty() ? List.of(new Share(poolId(row), 1)) : shares;
        var extras = column(row, "redirect_pools_extend_config");
        return new ToPools(
                pools,
                stickiness(row),
                rewrite(extras),
                fields(extras),
                limit(extras.path("trafficLimitConfig")),
                cors(extras.path("corsConfig")));
    }

    private static UUID poolId(ResultSet row) throws SQLException {
        return Objects.requireNonNull(row.getObject("redirect_pool_id", UUID.class), "A policy to no pool");
    }

    private Optional<Stickiness> stickiness(ResultSet row) throws SQLException {
        var sticky = column(row, "redirect_pools_sticky_session_config");
        return sticky.path("enable").asBoolean(false)
                ? Optional.of(
                        new Stickiness(Duration.ofMinutes(sticky.path("timeout").asInt()), row.getString("sticky_key")))
                : Optional.empty();
    }

    private static Optional<Rewrite> rewrite(JsonNode extras) {
        var url = extras.path("rewriteUrlConfig");
        return extras.path("rewriteUrlEnable").asBoolean(false) && url.isObject()
                ? Optional.of(new Rewrite(text(url, "host"), text(url, "path"), text(url, "query")))
                : Optional.empty();
    }

    private static Redirect toListener(int port) {
        return new Redirect(
                MOVED_PERMANENTLY,
                "https",
                "${host}",
                Integer.toString(port),
                "${path}",
                "${query}",
                DesiredFields.NONE);
    }

    private static Redirect redirect(JsonNode url) {
        return new Redirect(
                Integer.parseInt(text(url, "statusCode")),
                text(url, "protocol").toLowerCase(Locale.ROOT),
                text(url, "host"),
                text(url, "port"),
                text(url, "path"),
                text(url, "query"),
                fields(url));
    }

    private static Answer answer(JsonNode fixed) {
        return new Answer(
                Integer.parseInt(text(fixed, "statusCode")),
                text(fixed, "contentType"),
                text(fixed, "messageBody"),
                fields(fixed),
                limit(fixed.path("trafficLimitConfig")));
    }

    private static DesiredFields fields(JsonNode owner) {
        var removed = owner.path("removeHeadersConfig")
                .path("configs")
                .valueStream()
                .map(header -> text(header, "key"))
                .toList();
        var inserted = owner.path("insertHeadersConfig")
                .path("configs")
                .valueStream()
                .map(header ->
                        new Inserted(text(header, "key"), source(text(header, "valueType")), text(header, "value")))
                .toList();
        return new DesiredFields(removed, inserted);
    }

    private static Source source(String valueType) {
        return switch (valueType) {
            case "USER_DEFINED" -> Source.TEXT;
            case "REFERENCE_HEADER" -> Source.REQUEST_FIELD;
            case "SYSTEM_DEFINED" -> Source.LOAD_BALANCER;
            default -> throw new IllegalArgumentException("No kind of value: " + valueType);
        };
    }

    private static DesiredLimit limit(JsonNode limit) {
        return limit.isObject()
                ? new DesiredLimit(
                        limit.path("qps").asInt(),
                        limit.path("perSourceIpQps").asInt(),
                        limit.path("burst").asInt())
                : DesiredLimit.NONE;
    }

    private static Optional<DesiredCors> cors(JsonNode cors) {
        return cors.isObject()
                ? Optional.of(new DesiredCors(
                        texts(cors, "allowOrigin"),
                        texts(cors, "allowMethods"),
                        texts(cors, "allowHeaders"),
                        texts(cors, "exposeHeaders"),
                        cors.path("allowCredentials").asBoolean(),
                        cors.path("maxAge").asInt()))
                : Optional.empty();
    }

    private static String text(JsonNode owner, String name) {
        return owner.path(name).asString();
    }

    private static List<String> texts(JsonNode owner, String name) {
        return owner.path(name).valueStream().map(JsonNode::asString).toList();
    }

    private JsonNode column(ResultSet row, String name) throws SQLException {
        @Nullable String text = row.getString(name);
        return text == null ? MissingNode.getInstance() : json.readTree(text);
    }
}
