package io.evenkeel.dataplane.stickiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientTableTests {

    private static final int TIMEOUT = 60;

    private final ClientTable table = new ClientTable();

    @Test
    void keepsAClientForItsTimeSinceItWasSeen() {
        assertThat(table.find(7, 100, TIMEOUT)).isEqualTo(ClientTable.NONE);
        assertThat(table.lead(7, ClientTable.NONE, 3, 100, TIMEOUT)).isEqualTo(3);
        assertThat(table.find(7, 160, TIMEOUT)).isEqualTo(3);
        assertThat(table.find(7, 161, TIMEOUT)).isEqualTo(ClientTable.NONE);
        table.see(7, 3, 150, TIMEOUT);
        assertThat(table.find(7, 210, TIMEOUT)).isEqualTo(3);
        assertThat(table.find(7, 211, TIMEOUT)).isEqualTo(ClientTable.NONE);
    }

    @Test
    void forgetsNobodyWhoseClockWentBack() {
        table.lead(7, ClientTable.NONE, 3, 100, TIMEOUT);
        assertThat(table.find(7, 40, TIMEOUT)).isEqualTo(3);
    }

    @Test
    void seesNobodyWhoIsSomewhereElse() {
        table.lead(7, ClientTable.NONE, 3, 100, TIMEOUT);
        table.see(7, 4, 150, TIMEOUT);
        assertThat(table.find(7, 161, TIMEOUT)).isEqualTo(ClientTable.NONE);
    }

    @Test
    void leadsAClientAwayOnlyFromWhereItIsLost() {
        table.lead(7, ClientTable.NONE, 3, 100, TIMEOUT);
        assertThat(table.lead(7, ClientTable.NONE, 5, 100, TIMEOUT)).isEqualTo(3);
        assertThat(table.lead(7, 4, 5, 100, TIMEOUT)).isEqualTo(3);
        assertThat(table.lead(7, 3, 5, 100, TIMEOUT)).isEqualTo(5);
        assertThat(table.find(7, 100, TIMEOUT)).isEqualTo(5);
    }

    @Test
    void holdsTheGreatestPlace() {
        table.lead(-1, ClientTable.NONE, ClientTable.MAX_PLACE, Integer.MAX_VALUE, TIMEOUT);
        assertThat(table.find(-1, Integer.MAX_VALUE, TIMEOUT)).isEqualTo(ClientTable.MAX_PLACE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void growsAndForgetsNobody(long seed) {
        int clients = 200_000;
        var hashes = new SplittableRandom(seed).longs(clients).toArray();
        for (int i = 0; i < clients; i++) {
            table.lead(hashes[i], ClientTable.NONE, 1 + i % 1_000, 100, TIMEOUT);
        }
        long kept = IntStream.range(0, clients)
                .filter(i -> table.find(hashes[i], 110, TIMEOUT) == 1 + i % 1_000)
                .count();
        // Some share their 35 bits with another.
        assertThat(kept).isGreaterThan(clients - 20);
    }

    @Test
    void forgetsThoseNotSeenForLongestWhenItIsFull() {
        var small = new ClientTable(4_096);
        var hashes = new SplittableRandom(4).longs(40_000).toArray();
        for (int i = 0; i < hashes.length; i++) {
            small.lead(hashes[i], ClientTable.NONE, 9, i / 1_000, 1_000);
        }
        long newest = IntStream.range(38_000, 40_000)
                .filter(i -> small.find(hashes[i], 40, 1_000) == 9)
                .count();
        long oldest = IntStream.range(0, 30_000)
                .filter(i -> small.find(hashes[i], 40, 1_000) == 9)
                .count();
        assertThat(newest).isGreaterThan(1_900);
        assertThat(oldest).isLessThan(100);
    }

    @Test
    void takesThePlaceOfThoseWhoseTimeIsOver() {
        var small = new ClientTable(1_024);
        var random = new SplittableRandom(5);
        for (int i = 0; i < 5_000; i++) {
            small.lead(random.nextLong(), ClientTable.NONE, 9, 0, TIMEOUT);
        }
        var later = random.longs(200).toArray();
        for (long hash : later) {
            small.lead(hash, ClientTable.NONE, 2, 1_000, TIMEOUT);
        }
        for (long hash : later) {
            assertThat(small.find(hash, 1_000, TIMEOUT)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void leadsEachClientToOnePlaceWhicheverLoopComesFirst(long seed) throws Exception {
        int loops = 4;
        int clients = 20_000;
        var hashes = new SplittableRandom(seed).longs(clients).toArray();
        var led = new int[loops][clients];
        var start = new CyclicBarrier(loops);
        var turns = IntStream.range(0, loops)
                .<Callable<Boolean>>mapToObj(own -> () -> {
                    start.await();
                    for (int i = 0; i < clients; i++) {
                        led[own][i] = table.lead(hashes[i], ClientTable.NONE, own + 1, 100, TIMEOUT);
                    }
                    return true;
                })
                .toList();
        try (var threads = Executors.newFixedThreadPool(loops)) {
            for (var turn : threads.invokeAll(turns)) {
                assertThat(turn.get()).isTrue();
            }
        }
        for (int i = 0; i < clients; i++) {
            int where = table.find(hashes[i], 100, TIMEOUT);
            for (int loop = 0; loop < loops; loop++) {
                assertThat(led[loop][i]).as("client %s", i).isEqualTo(where);
            }
        }
    }
}
