package io.evenkeel.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.transport.epoll.EpollTransport;
import io.evenkeel.dataplane.udp.UdpClient;
import io.evenkeel.dataplane.udp.UdpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that has no file descriptor left, on the epoll transport. */
class DescriptorExhaustionTests {

    private static final int LEFT = 6;
    private static final int RESTS = 10;
    private static final long PLENTY = 4_096;

    @TempDir
    private Path home;

    @Test
    void restsServesOthersAndRecovers() throws Exception {
        assumeTrue(EpollTransport.whyNot().isEmpty(), "no epoll here");
        try (var web = TestBackend.named("web");
                var names = UdpServer.named("names");
                var worker = WorkerChild.start(
                        home, List.of(), web.port(), names.address().getPort(), Duration.ofSeconds(60));
                var old = new TestClient(worker.vip, WorkerChild.PORT);
                var oldDatagrams = new UdpClient(address(worker));
                var newDatagrams = new UdpClient(address(worker))) {
            assertThat(old.get("/").body()).isEqualTo("web");
            assertThat(oldDatagrams.ask("q")).isEqualTo("names:q");
            assumeTrue(worker.limitDescriptors(worker.openDescriptors() + LEFT), "no prlimit here");

            var clients = exhaust(worker);
            int before = rests(worker);
            var processorTime = worker.processorTime();
            long start = System.nanoTime();
            await().until(() -> rests(worker) >= before + RESTS);
            assertThat(worker.processorTime().minus(processorTime))
                    .as("it does not spin")
                    .isLessThan(Duration.ofNanos((System.nanoTime() - start) / 2));

            assertThat(old.get("/").body()).isEqualTo("web");
            assertThat(oldDatagrams.ask("q")).isEqualTo("names:q");
            newDatagrams.send("lost");
            await().until(() -> worker.count(Count.DROPPED) > 0);

            worker.limitDescriptors(PLENTY);
            for (var client : clients) {
                // Those whose request came while there was no descriptor for a connection to the member were told so.
                assertThat(client.readLine()).matches("HTTP/1.1 (200|503) .*");
                client.close();
            }
            try (var client = new TestClient(worker.vip, WorkerChild.PORT)) {
                assertThat(client.get("/").body()).isEqualTo("web");
            }
            assertThat(newDatagrams.ask("q")).isEqualTo("names:q");
            assertThat(worker.count(Count.CONNECT_FAILURES)).as("of members").isZero();
            assertThat(worker.count(Count.FAILURES)).as("of members").isZero();
        }
    }

    private static InetSocketAddress address(WorkerChild worker) {
        return new InetSocketAddress(InetAddress.ofLiteral(worker.vip), WorkerChild.PORT);
    }

    /** Connects until nobody is accepted any more; returns those who wait, with their request sent. */
    private static List<TestClient> exhaust(WorkerChild worker) throws IOException {
        var waiting = new ArrayList<TestClient>();
        for (int i = 0; i < 2 * LEFT; i++) {
            var client = new TestClient(worker.vip, WorkerChild.PORT);
            waiting.add(client);
        }
        await().until(() -> rests(worker) > 0);
        for (var client : waiting) {
            client.send("GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n");
        }
        return waiting;
    }

    private static int rests(WorkerChild worker) throws IOException {
        return (int) worker.log().stream()
                .filter(line -> line.contains("Cannot accept connections"))
                .count();
    }
}
