package io.evenkeel.identity.bootstrap;

import io.evenkeel.identity.Secret;
import io.evenkeel.identity.project.ProjectService;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The first administrator, each part generated unless given. What is given is made valid at each start.
 *
 * @param projectId 1..64 letters, digits, '-' or '_'
 * @param accessKey 1..64 letters, digits, '-' or '_'; together with secretKey
 * @param secretKey at least 16 characters
 * @param token at least 32 characters
 * @param tokenValidity how long the token is valid from the start that issues it, or that finds it configured
 */
@ConfigurationProperties("evenkeel.bootstrap")
record BootstrapProperties(
        @Nullable String projectId,
        @Nullable String accessKey,
        @Nullable Secret secretKey,
        @Nullable Secret token,
        @DefaultValue("30d") Duration tokenValidity) {

    private static final Pattern ACCESS_KEY = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern SECRET_KEY = Pattern.compile("[!-~]{16,256}");
    private static final Pattern TOKEN = Pattern.compile("[!-~]{32,512}");

    BootstrapProperties {
        check(
                projectId == null || ProjectService.isId(projectId),
                "project-id must be 1..64 letters, digits, '-', '_'");
        check((accessKey == null) == (secretKey == null), "access-key and secret-key must be given together");
        check(
                accessKey == null || ACCESS_KEY.matcher(accessKey).matches(),
                "access-key must be 1..64 letters, digits, '-', '_'");
        check(
                secretKey == null || SECRET_KEY.matcher(secretKey.value()).matches(),
                "secret-key must be 16..256 visible ASCII characters");
        check(
                token == null || TOKEN.matcher(token.value()).matches(),
                "token must be 32..512 visible ASCII characters");
        check(tokenValidity.isPositive(), "token-validity must be positive");
    }

    private static void check(boolean isGood, String rule) {
        if (!isGood) {
            throw new IllegalStateException("evenkeel.bootstrap." + rule);
        }
    }
}
