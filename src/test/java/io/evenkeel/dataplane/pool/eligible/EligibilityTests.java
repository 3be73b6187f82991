package io.evenkeel.dataplane.pool.eligible;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.desiredstate.Algorithm;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.DesiredPool.Presence;
import io.evenkeel.desiredstate.DesiredPool.ZoneAffinity;
import io.evenkeel.desiredstate.DesiredPool.ZoneFallback;
import io.evenkeel.desiredstate.PoolProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A member is written as its zone and what it is: W well, F failing, U unchecked, S well on a stopped server, 0 well
 * without a weight; a small letter stands by. Who takes traffic is told by place, from 1.
 */
class EligibilityTests {

    private static final Presence PLAIN = Presence.PLAIN;
    private static final Presence FAIL_OPEN = new Presence(Optional.empty(), Optional.empty(), true, Optional.empty());

    private static DesiredPool pool(Presence presence, boolean isEnabled, String members) {
        var texts = members.split(" ", -1);
        var desired = new ArrayList<DesiredMember>();
        for (int i = 0; i < texts.length; i++) {
            char kind = texts[i].charAt(1);
            desired.add(new DesiredMember(
                    new UUID(0, i + 1),
                    "10.0.0." + (i + 1),
                    80,
                    kind == '0' ? 0 : 1,
                    "az-" + texts[i].charAt(0),
                    kind != 'S' && kind != 's',
                    Character.isLowerCase(kind)));
        }
        return new DesiredPool(
                new UUID(7, 7),
                1,
                "project",
                isEnabled,
                true,
                PoolProtocol.TCP,
                Algorithm.ROUND_ROBIN,
                false,
                Optional.empty(),
                desired,
                presence);
    }

    private static Health health(UUID id, String members) {
        return switch (Character.toUpperCase(
                members.split(" ", -1)[(int) id.getLeastSignificantBits() - 1].charAt(1))) {
            case 'F' -> Health.FAILING;
            case 'U' -> Health.UNCHECKED;
            default -> Health.WELL;
        };
    }

    private static Eligibility of(Presence presence, String members) {
        return Eligibility.of(pool(presence, true, members), id -> health(id, members), Optional.of("az-1"));
    }

    private static String takers(Eligibility eligibility, String members) {
        return pool(PLAIN, true, members).members().stream()
                .filter(eligibility::takes)
                .map(member -> Long.toString(member.id().getLeastSignificantBits()))
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1W 1F 1U 1S 10    | 1   | 1   |
                    1F 1F 1U 1S 10    |     | 1 2 | FAIL_OPEN
                    1U 1U             |     |     |
                    1S 10             |     |     |
                    1F                |     | 1   | FAIL_OPEN
                    """)
    void failOpenGivesTrafficToAllThatWereCheckedWhenNoneIsWell(
            String members, String closed, String open, StandIn standIn) {
        assertThat(takers(of(PLAIN, members), members)).isEqualTo(closed == null ? "" : closed);
        assertThat(of(PLAIN, members).standIn()).isEmpty();
        assertThat(takers(of(FAIL_OPEN, members), members)).isEqualTo(open == null ? "" : open);
        assertThat(of(FAIL_OPEN, members).standIn()).isEqualTo(Optional.ofNullable(standIn));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1W 1w | 1 |
                    1F 1w | 2 | STANDBY
                    1S 1w | 2 | STANDBY
                    10 1w | 2 | STANDBY
                    1U 1w |   |
                    1W 1f | 1 |
                    1F 1f |   |
                    1F 1u |   |
                    """)
    void theStandbyServesWhileTheMasterDoesNot(String members, String takers, StandIn standIn) {
        assertThat(takers(of(PLAIN, members), members)).isEqualTo(takers == null ? "" : takers);
        assertThat(of(PLAIN, members).standIn()).isEqualTo(Optional.ofNullable(standIn));
    }

    /** The worker is in zone 1. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1        | ALL_OF_ZONE            | 1W 1F 2W    | 1     |
                    2        | ALL_OF_ZONE            | 1W 1F 2W    | 1 2   | ZONE_FALLBACK
                    2        | HEALTHY_OF_OTHER_ZONES | 1W 1F 2W 2F | 3     | ZONE_FALLBACK
                    2        | ALL_HEALTHY            | 1W 1F 2W 2F | 1 3   | ZONE_FALLBACK
                    2        | ALL                    | 1W 1F 2W 2F | 1 2 3 4 | ZONE_FALLBACK
                    50%      | ALL_HEALTHY            | 1W 1F 2W    | 1     |
                    51%      | ALL_HEALTHY            | 1W 1F 2W    | 1 3   | ZONE_FALLBACK
                    100%     | ALL_HEALTHY            | 1W 1S 2W    | 1 3   | ZONE_FALLBACK
                    100%     | ALL_HEALTHY            | 1W 10 2W    | 1     |
                    0        | ALL_HEALTHY            | 1F 1F 2W    | 3     | ZONE_FALLBACK
                    0%       | HEALTHY_OF_OTHER_ZONES | 1F 1F 2W    | 3     | ZONE_FALLBACK
                    1        | ALL_OF_ZONE            | 1F 1F 2W    | 1 2   | ZONE_FALLBACK
                    1        | ALL_OF_ZONE            | 1U 1F 2W    | 2     | ZONE_FALLBACK
                    1        | ALL                    | 1F 1U 1S 10 2W 2F | 1 5 6 | ZONE_FALLBACK
                    1        | ALL_OF_ZONE            | 2W 3W       | 1 2   | ZONE_FALLBACK
                    1        | ALL_OF_ZONE            | 1S 1U 2W 2F | 3     | ZONE_FALLBACK
                    2        | HEALTHY_OF_OTHER_ZONES | 1W 1F 2F    | 1     | ZONE_FALLBACK
                    1        | HEALTHY_OF_OTHER_ZONES | 1F 2F       |       |
                    1        | ALL_HEALTHY            | 1F 2F       |       |
                    """)
    void stayInTheZoneUntilTooFewAreWellThere(
            String minimum, ZoneFallback fallback, String members, String takers, StandIn standIn) {
        var affine = presence(minimum, fallback, false);
        assertThat(takers(of(affine, members), members)).isEqualTo(takers == null ? "" : takers);
        assertThat(of(affine, members).standIn()).isEqualTo(Optional.ofNullable(standIn));
    }

    private static Presence presence(String minimum, ZoneFallback fallback, boolean isFailOpen) {
        boolean isPercentage = minimum.endsWith("%");
        var affinity = new ZoneAffinity(isPercentage, Integer.parseInt(minimum.replace("%", "")), fallback);
        return new Presence(Optional.empty(), Optional.empty(), isFailOpen, Optional.of(affinity));
    }

    @Test
    void failOpenComesAfterTheFallbackOfTheZone() {
        var members = "1F 1U 2F";
        var both = presence("1", ZoneFallback.HEALTHY_OF_OTHER_ZONES, true);
        assertThat(takers(of(both, members), members)).isEqualTo("1 3");
        assertThat(of(both, members).standIn()).contains(StandIn.FAIL_OPEN);
    }

    @Test
    void aWorkerInNoZoneMakesNoDifference() {
        var members = "1W 2W 3F";
        var affine = pool(presence("1", ZoneFallback.ALL_OF_ZONE, false), true, members);
        var eligibility = Eligibility.of(affine, id -> health(id, members), Optional.empty());
        assertThat(takers(eligibility, members)).isEqualTo("1 2");
        assertThat(eligibility.standIn()).isEmpty();
    }

    @Test
    void nobodyOfADisabledPoolTakesAnything() {
        for (var members : List.of("1W 1W", "1F 1F", "1F 1w")) {
            var eligibility =
                    Eligibility.of(pool(FAIL_OPEN, false, members), id -> health(id, members), Optional.of("az-1"));
            assertThat(takers(eligibility, members)).isEmpty();
            assertThat(eligibility.standIn()).isEmpty();
        }
    }

    @Test
    void onlyWhoHasNoWeightOrFailsLeaves() {
        var members = "1W 1F 10 2W 2U";
        var eligibility = of(presence("1", ZoneFallback.ALL_HEALTHY, false), members);
        assertThat(pool(PLAIN, true, members).members())
                .filteredOn(eligibility::isLeaving)
                .extracting(member -> member.id().getLeastSignificantBits())
                .containsExactly(2L, 3L);
        assertThat(pool(PLAIN, true, "1F 1F").members()).noneMatch(of(FAIL_OPEN, "1F 1F")::isLeaving);
    }

    @Test
    void clientsStayWithWhoHasNoWeightAndIsWell() {
        var members = "1W 1F 10 2W 1U 1S";
        assertThat(pool(PLAIN, true, members).members())
                .filteredOn(of(presence("1", ZoneFallback.ALL, false), members)::keepsItsClients)
                .extracting(member -> member.id().getLeastSignificantBits())
                .containsExactly(1L, 3L);
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    /** Whatever is configured and whoever is well. */
    @ParameterizedTest
    @MethodSource("seeds")
    void somebodyServesAsLongAsAMasterIsWellAndNobodyWhoMustNot(int seed) {
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 50; round++) {
            boolean hasStandby = random.nextInt(4) == 0;
            var members = IntStream.range(0, 1 + random.nextInt(6))
                    .mapToObj(i -> (1 + random.nextInt(3)) + ""
                            + (hasStandby && random.nextBoolean() ? "wfus" : "WFUS0").charAt(random.nextInt(4)))
                    .collect(Collectors.joining(" "));
            var presence = presence(
                    random.nextInt(3) + (random.nextBoolean() ? "0%" : ""),
                    List.of(ZoneFallback.values()).get(random.nextInt(4)),
                    random.nextBoolean());
            var eligibility = of(presence, members);
            var takers = takers(eligibility, members);
            if (members.contains("W")) {
                assertThat(takers).as(members).isNotEmpty();
            }
            for (var taker : takers.isEmpty() ? new String[0] : takers.split(" ", -1)) {
                assertThat(members.split(" ", -1)[Integer.parseInt(taker) - 1])
                        .as("%s: %s", members, presence)
                        .containsPattern("[WFwf]");
            }
            if (takers.isEmpty()) {
                assertThat(eligibility.standIn()).isEmpty();
            }
        }
    }
}
