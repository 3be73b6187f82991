package io.evenkeel.routing;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The order in which a listener asks its policies; the first whose rules all match decides (wire contract,
 * resources.md §6). A policy that redirects to a listener comes before all others. With advanced policies the smaller
 * priority comes first. Without them a policy for a host name comes before those for any host, then an exact path
 * before a prefix before a regular expression, then the longer path; a policy without a path counts as the prefix
 * {@code /}. Different host names exclude one another, so their order does not matter. What is left is asked by age.
 */
public final class EvaluationOrder {

    /** The more exact kinds come first. */
    private enum PathKind {
        EXACT,
        PREFIX,
        PATTERN
    }

    /** As much of a rule as decides its rank; a rule with several values is as many matches. */
    public record Match(RuleType type, CompareType compareType, String value, boolean isInverted) {

        boolean isHost() {
            return type == RuleType.HOST_NAME && !isInverted;
        }

        private PathKind kind() {
            if (isInverted) {
                return PathKind.PATTERN;
            }
            return switch (compareType) {
                case EQUAL_TO -> PathKind.EXACT;
                case STARTS_WITH -> PathKind.PREFIX;
                case REGEX -> PathKind.PATTERN;
            };
        }
    }

    /**
     * A policy to be ranked.
     *
     * @param id of version 7, which tells its age
     * @param priority null while the listener has no advanced policies
     */
    public record Ranked(
            UUID id, PolicyAction action, @Nullable Integer priority, List<Match> matches) {

        public Ranked {
            matches = List.copyOf(matches);
        }

        private boolean hasHost() {
            return matches.stream().anyMatch(Match::isHost);
        }

        private Match path() {
            return matches.stream()
                    .filter(match -> match.type() == RuleType.PATH)
                    .min(BY_PATH)
                    .orElse(ANY_PATH);
        }
    }

    private static final Match ANY_PATH = new Match(RuleType.PATH, CompareType.STARTS_WITH, "/", false);

    private static final Comparator<Match> BY_PATH = Comparator.comparing(Match::kind)
            .thenComparing(match -> match.value().length(), Comparator.reverseOrder());

    private static final Comparator<Ranked> OVERRIDING_FIRST =
            Comparator.comparing(policy -> policy.action() != PolicyAction.REDIRECT_TO_LISTENER);

    private static final Comparator<Ranked> BY_PRIORITY =
            Comparator.comparing(policy -> Objects.requireNonNullElse(policy.priority(), 0));

    private static final Comparator<Ranked> BY_RULES =
            Comparator.<Ranked, Boolean>comparing(policy -> !policy.hasHost()).thenComparing(Ranked::path, BY_PATH);

    private EvaluationOrder() {}

    /** @param isAdvanced whether the listener has advanced policies */
    public static Comparator<Ranked> of(boolean isAdvanced) {
        return OVERRIDING_FIRST
                .thenComparing(isAdvanced ? BY_PRIORITY : BY_RULES)
                .thenComparing(Ranked::id);
    }
}
