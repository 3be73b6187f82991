package io.evenkeel.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.identity.Role;
import io.evenkeel.identity.project.ProjectService;
import io.evenkeel.identity.token.TokenService;
import io.evenkeel.platform.error.ElbException;
import io.evenkeel.platform.write.ResourceWritten;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@EvenkeelTest
class QuotaTests {

    @Autowired
    Api administrator;

    @Autowired
    ProjectService projects;

    @Autowired
    TokenService tokens;

    @Autowired
    Quotas quotas;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    GenericApplicationContext context;

    private Tenant tenants;
    private Api api;

    @BeforeEach
    void createProject() {
        tenants = new Tenant(projects, tokens);
        api = tenants.create(administrator);
    }

    private JsonNode limits() {
        return api.get(api.elb("/quotas")).expect(200).get("quota");
    }

    private Api.Answer set(String key, @Nullable Integer limit) {
        return api.put(api.elb("/quotas"), "{\"quota\":{\"" + key + "\":" + limit + "}}");
    }

    private int used(QuotaKey key) {
        return api.get(api.elb("/quotas/details?quota_key=" + key.onWire()))
                .expect(200)
                .get("quotas")
                .get(0)
                .get("used")
                .asInt();
    }

    private void take(QuotaKey key, int n) {
        transaction.executeWithoutResult(status -> quotas.take(api.projectId(), key, n));
    }

    @ParameterizedTest
    @EnumSource(QuotaKey.class)
    void showsTheDefaultOfEachKey(QuotaKey key) {
        assertThat(limits().get(key.onWire()).asInt()).isEqualTo(key.defaultLimit());
        assertThat(limits().get("project_id").asString()).isEqualTo(api.projectId());
    }

    @ParameterizedTest
    @EnumSource(QuotaKey.class)
    void setsEachKeyAndPutsItsDefaultBack(QuotaKey key) {
        assertThat(set(key.onWire(), 7).expect(200).get("quota")).isEqualTo(limits());
        assertThat(limits().get(key.onWire()).asInt()).isEqualTo(7);

        set(key.onWire(), -1).expect(200);
        assertThat(limits().get(key.onWire()).asInt()).isEqualTo(-1);

        set(key.onWire(), null).expect(200);
        assertThat(limits().get(key.onWire()).asInt()).isEqualTo(key.defaultLimit());
    }

    @Test
    void keepsWhatIsNotNamed() {
        set("pool", 3).expect(200);
        set("listener", 4).expect(200);

        assertThat(limits().get("pool").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-2", "1.5", "\"many\"", "99999999999"})
    void refusesWhatIsNoLimit(String limit) {
        var before = limits();

        var answer = api.put(api.elb("/quotas"), "{\"quota\":{\"pool\":" + limit + "}}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("error_msg").asString()).contains("quota.pool");
        assertThat(limits()).isEqualTo(before);
    }

    @Test
    void refusesAKeyThatDoesNotExist() {
        assertThat(set("pools", 1).expect(400).get("error_msg").asString()).contains("'pools'");
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"READER", "OPERATOR"})
    void letsOnlyAdministratorsSet(Role role) {
        var other = tenants.as(api, api.projectId(), role);

        assertThat(other.put(other.elb("/quotas"), Map.of("quota", Map.of("pool", 1)))
                        .status())
                .isEqualTo(403);
        assertThat(other.get(other.elb("/quotas")).expect(200).get("quota")).isEqualTo(limits());
    }

    @Test
    void tellsWhatWasWrittenAndNothingWhenNothingWas() {
        var written = new CopyOnWriteArrayList<ResourceWritten>();
        ApplicationListener<PayloadApplicationEvent<ResourceWritten>> listener =
                ApplicationListener.forPayload(written::add);
        context.addApplicationListener(listener);
        try {
            set("pool", 3).expect(200);
            set("pool", 3).expect(200);
        } finally {
            context.removeApplicationListener(listener);
        }

        assertThat(written).hasSize(1).first().satisfies(fact -> {
            assertThat(fact.kind()).isEqualTo("quota");
            assertThat(fact.id()).isEqualTo(api.projectId());
            assertThat(fact.before()).asString().contains("pool=5000");
            assertThat(fact.after()).asString().contains("pool=3");
        });
    }

    @Test
    void listsDetailsOfAllOrOfThoseNamed() {
        take(QuotaKey.CERTIFICATE, 3);

        var all = api.get(api.elb("/quotas/details")).expect(200).get("quotas");
        var named = api.get(api.elb("/quotas/details?quota_key=pool&quota_key=certificate&quota_key=none"))
                .expect(200)
                .get("quotas");

        assertThat(all.valueStream().map(row -> row.get("quota_key").asString()))
                .containsExactlyElementsOf(
                        Arrays.stream(QuotaKey.values()).map(QuotaKey::onWire).toList());
        assertThat(named).hasSize(2);
        assertThat(named.get(0).toString())
                .isEqualTo("{\"quota_key\":\"pool\",\"quota_limit\":5000,\"used\":0,\"unit\":\"count\"}");
        assertThat(named.get(1).toString())
                .isEqualTo("{\"quota_key\":\"certificate\",\"quota_limit\":-1,\"used\":3,\"unit\":\"count\"}");
    }

    @Test
    void refusesAnUnknownQueryName() {
        assertThat(api.get(api.elb("/quotas/details?key=pool")).status()).isEqualTo(400);
    }

    @Test
    void takesUpToTheLimitAndNoFurther() {
        set("ipgroup", 5).expect(200);
        take(QuotaKey.IPGROUP, 3);

        assertThatThrownBy(() -> take(QuotaKey.IPGROUP, 3))
                .isInstanceOf(ElbException.class)
                .hasMessage("Quota exceeded for resources: ipgroup.");
        take(QuotaKey.IPGROUP, 2);

        assertThat(used(QuotaKey.IPGROUP)).isEqualTo(5);
    }

    @Test
    void refusesTheFirstWhenTheLimitIsZero() {
        set("ipgroup", 0).expect(200);

        assertThatThrownBy(() -> take(QuotaKey.IPGROUP, 1)).isInstanceOf(ElbException.class);
    }

    @Test
    void countsWhatATransactionGivesBackAgainstWhatItTakes() {
        set("ipgroup", 5).expect(200);
        take(QuotaKey.IPGROUP, 5);

        transaction.executeWithoutResult(status -> {
            quotas.giveBack(api.projectId(), QuotaKey.IPGROUP, 2);
            quotas.take(api.projectId(), QuotaKey.IPGROUP, 1);
        });

        assertThat(used(QuotaKey.IPGROUP)).isEqualTo(4);
    }

    @Test
    void countsNothingOfWhatIsRolledBack() {
        transaction.executeWithoutResult(status -> {
            quotas.take(api.projectId(), QuotaKey.IPGROUP, 2);
            status.setRollbackOnly();
        });

        assertThat(used(QuotaKey.IPGROUP)).isZero();
    }

    @Test
    void acceptsALimitBelowWhatIsUsedAndRefusesMore() {
        take(QuotaKey.IPGROUP, 4);
        set("ipgroup", 2).expect(200);

        assertThatThrownBy(() -> take(QuotaKey.IPGROUP, 1)).isInstanceOf(ElbException.class);
        transaction.executeWithoutResult(status -> quotas.giveBack(api.projectId(), QuotaKey.IPGROUP, 1));
        assertThatThrownBy(() -> take(QuotaKey.IPGROUP, 1)).isInstanceOf(ElbException.class);
        assertThat(used(QuotaKey.IPGROUP)).isEqualTo(3);
    }

    @Test
    void limitsWhatOneParentMayHave() {
        set("condition_per_policy", 2).expect(200);

        transaction.executeWithoutResult(status -> {
            quotas.within(api.projectId(), QuotaKey.CONDITION_PER_POLICY, 2);
            assertThatThrownBy(() -> quotas.within(api.projectId(), QuotaKey.CONDITION_PER_POLICY, 3))
                    .hasMessage("Quota exceeded for resources: condition_per_policy.");
        });
    }

    @Test
    void isNeverExceededBySixtyFourAtOnce() throws Exception {
        set("ipgroup", 100).expect(200);
        var together = new CyclicBarrier(64);
        var tasks = IntStream.range(0, 64)
                .<Callable<Integer>>mapToObj(n -> () -> {
                    together.await();
                    return takeAndGiveBack(n);
                })
                .toList();
        int kept = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var task : threads.invokeAll(tasks)) {
                kept += task.get();
            }
        }

        assertThat(used(QuotaKey.IPGROUP)).isEqualTo(kept).isBetween(64, 100);
        take(QuotaKey.IPGROUP, 100 - kept);
        assertThatThrownBy(() -> take(QuotaKey.IPGROUP, 1)).isInstanceOf(ElbException.class);
    }

    /** Each takes five times, the even ones give one back in between; there is always more wanted than there is. */
    private int takeAndGiveBack(int n) {
        int kept = 0;
        for (int round = 0; round < 5; round++) {
            try {
                take(QuotaKey.IPGROUP, 1 + n % 2);
                kept += 1 + n % 2;
            } catch (ElbException refused) {
                continue;
            }
            if (round == 1 && n % 2 == 0) {
                transaction.executeWithoutResult(status -> quotas.giveBack(api.projectId(), QuotaKey.IPGROUP, 1));
                kept--;
            }
        }
        return kept;
    }
}
