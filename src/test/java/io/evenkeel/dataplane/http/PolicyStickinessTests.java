package io.evenkeel.dataplane.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.http.WireReader.Message;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.desiredstate.routing.DesiredAction.Share;
import io.evenkeel.desiredstate.routing.DesiredAction.Stickiness;
import io.evenkeel.desiredstate.routing.DesiredAction.ToPools;
import io.evenkeel.desiredstate.routing.DesiredFields;
import io.evenkeel.desiredstate.routing.DesiredLimit;
import io.evenkeel.desiredstate.routing.DesiredPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that a policy keeps at one of its pools, by the pool that each lands at. */
@OnEveryTransport
class PolicyStickinessTests {

    private static final UUID POLICY = UUID.randomUUID();
    private static final List<String> NAMES = List.of("one", "two", "three");

    private final List<RawBackend> backends = new ArrayList<>();
    private final Map<UUID, ListedPool> pools = new HashMap<>();
    private Proxy proxy;

    private record Client(String pool, String cookie) {}

    @BeforeEach
    void open() throws IOException {
        for (int i = 0; i < NAMES.size(); i++) {
            var backend = named(NAMES.get(i));
            backends.add(backend);
            pools.put(id(i), Proxy.pool(backend));
        }
        proxy = Proxy.over(backends.getFirst());
    }

    private static UUID id(int pool) {
        return new UUID(9, pool);
    }

    /** Answers its name, and an upgrade where it is asked for one. */
    private static RawBackend named(String name) throws IOException {
        return new RawBackend(peer -> {
            while (true) {
                boolean isUpgrade = peer.request().target().equals("/upgrade");
                peer.send(
                        isUpgrade
                                ? "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n"
                                : "HTTP/1.1 200 OK\r\nContent-Length: " + name.length() + "\r\n\r\n" + name);
            }
        });
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        for (var backend : backends) {
            backend.close();
        }
    }

    /** To the pools of these weights, in the order of their names; -1 for one that is not the policy's. */
    private void share(boolean isSticky, int... weights) {
        var shares = new ArrayList<Share>();
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] >= 0) {
                shares.add(new Share(id(i), weights[i]));
            }
        }
        var action = new ToPools(
                shares,
                isSticky ? Optional.of(new Stickiness(Duration.ofHours(1), "5a".repeat(32))) : Optional.empty(),
                Optional.empty(),
                DesiredFields.NONE,
                DesiredLimit.NONE,
                Optional.empty());
        proxy.policies(pools::get, new DesiredPolicy(POLICY, List.of(), action));
    }

    private Message ask(String cookies) throws IOException {
        try (var client = proxy.client()) {
            return client.send("GET / HTTP/1.1\r\nHost: a\r\n"
                            + (cookies.isEmpty() ? "" : "Cookie: " + cookies + "\r\n") + "\r\n")
                    .response();
        }
    }

    private static String told(String head) {
        return Arrays.stream(head.split("\r\n"))
                .filter(line -> line.startsWith("Set-Cookie: EVENKEEL-"))
                .map(line -> line.substring(12).split(";", 2)[0])
                .reduce("", String::concat);
    }

    private List<Client> newcomers(int count) throws IOException {
        var clients = new ArrayList<Client>();
        for (int i = 0; i < count; i++) {
            var answer = ask("");
            clients.add(new Client(answer.body(), told(answer.head())));
        }
        return clients;
    }

    private void requireAtHome(List<Client> clients) throws IOException {
        for (var client : clients) {
            var answer = ask(client.cookie());
            assertThat(answer.body()).isEqualTo(client.pool());
            assertThat(told(answer.head())).as("it knows").isEmpty();
        }
    }

    @Test
    void withoutStickinessNothingIsTold() throws IOException {
        share(false, 1, 1);
        assertThat(newcomers(4)).extracting(Client::cookie).containsOnly("");
    }

    @Test
    void aClientStaysThroughChangesOfWeightsAndOfOtherPools() throws IOException {
        share(true, 3, 1);
        var clients = newcomers(8);
        assertThat(clients).extracting(Client::cookie).allMatch(cookie -> cookie.matches("EVENKEEL-[0-9a-f]{8}=.{32}"));
        assertThat(clients).filteredOn(client -> client.pool().equals("two")).hasSize(2);
        requireAtHome(clients);
        share(true, 1, 100, 50);
        requireAtHome(clients);
        share(true, 0, 1);
        requireAtHome(clients);
        assertThat(newcomers(5)).extracting(Client::pool).containsOnly("two");
    }

    @Test
    void whosePoolLeavesThePolicyComesToAnotherAndStaysThere() throws IOException {
        share(true, 1, 1);
        var clients = newcomers(6);
        share(true, -1, 1, 1);
        var moved = new ArrayList<Client>();
        for (var client : clients) {
            var answer = ask(client.cookie());
            if (client.pool().equals("one")) {
                assertThat(answer.body()).isNotEqualTo("one");
                moved.add(new Client(answer.body(), told(answer.head())));
            } else {
                assertThat(answer.body()).isEqualTo("two");
            }
        }
        share(true, 5, 1, 1);
        requireAtHome(moved);
    }

    @Test
    void noMemberSeesTheCookie() throws IOException {
        share(true, 1, 1);
        for (var client : newcomers(2)) {
            ask("a=1; " + client.cookie() + "; b=2");
            ask(client.cookie());
        }
        var seen = backends.stream()
                .flatMap(backend -> backend.requests().stream())
                .map(Message::head)
                .toList();
        assertThat(seen).hasSize(6).noneMatch(head -> head.contains("EVENKEEL"));
        assertThat(seen)
                .filteredOn(head -> head.contains("Cookie: a=1; b=2\r\n"))
                .hasSize(2);
        assertThat(seen).filteredOn(head -> head.contains("Cookie:")).hasSize(2);
    }

    @Test
    void cookiesThatNobodyMadeAreNoCookies() throws IOException {
        share(true, 1, 1);
        var good = newcomers(1).getFirst().cookie();
        var landed = new HashSet<String>();
        for (int i = 0; i < 6; i++) {
            var answer = ask(good.substring(0, good.length() - 1) + (good.endsWith("A") ? "B" : "A"));
            assertThat(told(answer.head())).isNotEmpty();
            landed.add(answer.body());
        }
        assertThat(landed).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void anUpgradeIsToldAsWell() throws IOException {
        share(true, 1, 1);
        try (var client = proxy.client()) {
            client.send("GET /upgrade HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");
            var head = client.reader().head();
            assertThat(head).startsWith("HTTP/1.1 101 ");
            assertThat(told(head)).isNotEmpty();
        }
    }

    @Test
    void switchingItOnAndOffFailsNoRequest() throws IOException {
        try (var client = proxy.client()) {
            var cookie = "a=1";
            for (int round = 0; round < 40; round++) {
                share(round % 2 == 0, 1 + round % 3, 1, round % 5 - 1);
                for (int i = 0; i < 4; i++) {
                    var answer = client.send("GET / HTTP/1.1\r\nHost: a\r\nCookie: " + cookie + "\r\n\r\n")
                            .response();
                    assertThat(answer.status()).isEqualTo(200);
                    var told = told(answer.head());
                    cookie = told.isEmpty() ? cookie : told;
                }
            }
        }
        await().untilAsserted(() ->
                assertThat(pools.values()).extracting(ListedPool::outstanding).containsOnly(0));
    }
}
