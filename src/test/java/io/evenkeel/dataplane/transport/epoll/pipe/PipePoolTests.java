package io.evenkeel.dataplane.transport.epoll.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.transport.epoll.linux.Libc;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class PipePoolTests {

    private final Arena arena = Arena.ofAuto();
    private final PipePool pool = new PipePool(new Libc(arena), arena);

    @Test
    void lendsOnlySoManyAtATime() {
        var lent = takeAll();

        assertThat(lent).hasSizeBetween(1, 64).doesNotHaveDuplicates();
        pool.give(lent.removeLast());
        assertThat(pool.take()).isNotNull();
        assertThat(pool.take()).isNull();
        lent.forEach(pool::give);
    }

    @Test
    void keepsAFewOpenAndNoneOnceClosed() throws IOException {
        long before = descriptors();
        takeAll().forEach(pool::give);
        assertThat(descriptors() - before).isBetween(2L, 16L);
        pool.close();

        assertThat(descriptors()).isEqualTo(before);
    }

    @Test
    void lendsTheSameOneAgain() {
        var first = takeAll().getFirst();
        pool.give(first);

        assertThat(pool.take()).isSameAs(first);
    }

    private List<Pipe> takeAll() {
        var all = new ArrayList<Pipe>();
        Stream.generate(pool::take).takeWhile(pipe -> pipe != null).forEach(all::add);
        return all;
    }

    private static long descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
