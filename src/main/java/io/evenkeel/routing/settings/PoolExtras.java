package io.evenkeel.routing.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.routing.settings.Cors.CorsInput;
import io.evenkeel.routing.settings.InsertedHeaders.InsertedHeadersInput;
import io.evenkeel.routing.settings.RemovedHeaders.RemovedHeadersInput;
import io.evenkeel.routing.settings.RewriteUrl.RewriteUrlInput;
import io.evenkeel.routing.settings.TrafficLimit.TrafficLimitInput;
import jakarta.validation.Valid;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What else happens to requests on their way to the pools of a policy: {@code redirect_pools_extend_config}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PoolExtras(
        boolean rewriteUrlEnable,
        @Nullable RewriteUrl rewriteUrlConfig,
        @Nullable InsertedHeaders insertHeadersConfig,
        @Nullable RemovedHeaders removeHeadersConfig,
        @Nullable TrafficLimit trafficLimitConfig,
        @Nullable Cors corsConfig) {

    private static final String AT = "l7policy.redirect_pools_extend_config";

    /** What workers do not act on, each with the reason. */
    public List<String> notInEffect() {
        var found = new ArrayList<String>();
        InsertedHeaders.notInEffect(insertHeadersConfig, found);
        if (corsConfig != null && corsConfig.isForAllWithCredentials()) {
            found.add("allow_credentials is ignored with allow_origin *: browsers do not accept both");
        }
        return found;
    }

    /** As clients give it. */
    public record PoolExtrasInput(
            @Nullable Boolean rewriteUrlEnable,
            @Nullable @Valid RewriteUrlInput rewriteUrlConfig,
            @Nullable @Valid InsertedHeadersInput insertHeadersConfig,
            @Nullable @Valid RemovedHeadersInput removeHeadersConfig,
            @Nullable @Valid TrafficLimitInput trafficLimitConfig,
            @Nullable @Valid CorsInput corsConfig) {

        /** Errors: INVALID_INPUT. */
        public PoolExtras value() {
            boolean rewrites = Objects.requireNonNullElse(rewriteUrlEnable, false);
            if (rewrites && rewriteUrlConfig == null) {
                throw ErrorCode.INVALID_INPUT.with(
                        AT + ".rewrite_url_config", "must be given with rewrite_url_enable true");
            }
            return new PoolExtras(
                    rewrites,
                    RewriteUrl.of(rewriteUrlConfig),
                    InsertedHeaders.of(insertHeadersConfig, AT + ".insert_headers_config"),
                    RemovedHeaders.of(removeHeadersConfig, AT + ".remove_headers_config"),
                    TrafficLimit.of(trafficLimitConfig, AT + ".traffic_limit_config"),
                    Cors.of(corsConfig, AT + ".cors_config"));
        }
    }
}
