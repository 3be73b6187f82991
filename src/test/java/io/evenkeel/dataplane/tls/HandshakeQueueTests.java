package io.evenkeel.dataplane.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.dataplane.transport.TestTransports;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@OnEveryTransport
class HandshakeQueueTests {

    @Test
    void letsEightBeginInATurnAndTheOthersInTheirOrderInLaterOnes() throws Exception {
        var queue = new HandshakeQueue();
        var begun = new ArrayList<Integer>();
        var atOnce = new CompletableFuture<List<Integer>>();
        var isOver = new CompletableFuture<Void>();
        var transport = TestTransports.open(1);
        try {
            var loop = transport.loops().getFirst();
            loop.execute(() -> {
                for (int number = 0; number < 30; number++) {
                    int mine = number;
                    if (queue.mayBegin(loop)) {
                        begun.add(mine);
                    } else {
                        queue.later(() -> {
                            begun.add(mine);
                            if (mine == 29) {
                                isOver.complete(null);
                            }
                        });
                    }
                }
                atOnce.complete(List.copyOf(begun));
            });
            assertThat(atOnce.get(20, TimeUnit.SECONDS)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
            isOver.get(20, TimeUnit.SECONDS);
            assertThat(begun)
                    .containsExactlyElementsOf(IntStream.range(0, 30).boxed().toList());
        } finally {
            transport.close();
        }
    }
}
