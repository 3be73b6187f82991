package io.evenkeel.dataplane.lastgood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.health.Pools;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.ResourceKind;
import io.evenkeel.desiredstate.delivery.DesiredStateCodec;
import io.evenkeel.desiredstate.delivery.Epoch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastGoodStoreTests {

    private static final Epoch EPOCH = new Epoch(3, "cluster/1/a");

    @TempDir
    private Path directory;

    private final DesiredPool pool = Pools.monitored(
            Pools.pool(Pools.member("127.0.0.1", 80), Pools.member("::1", 81)), Pools.httpMonitor("/é", "200"));
    private final DesiredLoadBalancer loadBalancer = new DesiredLoadBalancer(
            UUID.randomUUID(), 7, "project", true, List.of("127.0.0.1"), List.of("az1"), List.of());

    @Test
    void givesBackWhatWasPutLast() {
        write(
                new LastGood(new Epoch(1, "x"), Pools.used(pool, false)),
                new LastGood(EPOCH, pool),
                new LastGood(EPOCH, loadBalancer));
        assertThat(load()).containsExactlyInAnyOrder(new LastGood(EPOCH, pool), new LastGood(EPOCH, loadBalancer));
    }

    @Test
    void forgetsWhatWasRemoved() {
        write(new LastGood(EPOCH, pool), new LastGood(EPOCH, loadBalancer));
        try (var store = new LastGoodStore(directory)) {
            store.open();
            store.remove(ResourceKind.POOL, pool.id());
        }
        assertThat(load()).containsExactly(new LastGood(EPOCH, loadBalancer));
    }

    @Test
    void startsInADirectoryThatIsNotThere() {
        try (var store = new LastGoodStore(directory.resolve("a/b"))) {
            assertThat(store.open()).isEmpty();
        }
        assertThat(directory.resolve("a/b")).isDirectory();
    }

    @Test
    void aWriteThatWasKilledHalfWayLeavesTheOldState() throws IOException {
        write(new LastGood(EPOCH, pool));
        var file = onlyFile();
        Files.write(directory.resolve(file.getFileName() + ".tmp"), Arrays.copyOf(Files.readAllBytes(file), 100));
        assertThat(load()).containsExactly(new LastGood(EPOCH, pool));
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void setsAsideAFileCutAtAnyByte() throws IOException {
        write(new LastGood(EPOCH, pool), new LastGood(EPOCH, loadBalancer));
        var file = fileOf("pool");
        var whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(load()).as("cut to %d", length).containsExactly(new LastGood(EPOCH, loadBalancer));
            assertThat(file).doesNotExist();
            assertThat(Path.of(file + ".unreadable")).exists();
        }
    }

    @Test
    void noticesEveryFlippedBit() throws IOException {
        var format = new LastGoodFormat(DesiredStateCodec.SHAPE);
        var whole = format.encode(new LastGood(EPOCH, loadBalancer));
        for (int bit = 0; bit < whole.length * 8; bit++) {
            var flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(isReadable(format, flipped)).as("bit %d", bit).isFalse();
        }
        assertThat(isReadable(format, whole)).isTrue();
    }

    @Test
    void setsAsideAnotherShapeAndForeignFiles() throws IOException {
        var other = new LastGoodFormat(DesiredStateCodec.SHAPE + "x");
        var name = "pool-" + pool.id() + ".lastgood";
        Files.write(directory.resolve(name), other.encode(new LastGood(EPOCH, pool)));
        Files.writeString(directory.resolve("notes.lastgood"), "remember the milk");
        assertThat(load()).isEmpty();
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(name + ".unreadable", "notes.lastgood.unreadable");
        }
    }

    @Test
    void setsAsideAFileUnderTheNameOfAnother() throws IOException {
        write(new LastGood(EPOCH, pool));
        Files.move(onlyFile(), directory.resolve("pool-" + UUID.randomUUID() + ".lastgood"));
        assertThat(load()).isEmpty();
    }

    @Test
    void triesAgainWhenTheDiskRefuses() throws IOException {
        // A directory where the file should go refuses the move.
        var blocked = directory.resolve("pool-" + pool.id() + ".lastgood");
        try (var store = new LastGoodStore(directory)) {
            store.open();
            Files.createDirectories(blocked.resolve("x"));
            store.put(new LastGood(EPOCH, pool));
            store.put(new LastGood(EPOCH, loadBalancer));
            await().untilAsserted(() -> assertThat(Path.of(blocked + ".tmp")).exists());
            Files.delete(blocked.resolve("x"));
            Files.delete(blocked);
            await().untilAsserted(() -> assertThat(blocked).isRegularFile());
        }
        assertThat(load()).hasSize(2);
    }

    private static boolean isReadable(LastGoodFormat format, byte[] bytes) {
        try {
            format.decode(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void write(LastGood... states) {
        try (var store = new LastGoodStore(directory)) {
            store.open();
            for (LastGood state : states) {
                store.put(state);
            }
        }
    }

    private List<LastGood> load() {
        try (var store = new LastGoodStore(directory)) {
            return store.open();
        }
    }

    private Path onlyFile() throws IOException {
        return fileOf("");
    }

    private Path fileOf(String prefix) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
