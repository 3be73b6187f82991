package io.evenkeel.dataplane.tcp;

import static io.evenkeel.dataplane.transport.TransportFixture.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.dataplane.transport.TestTransports;
import io.evenkeel.dataplane.transport.TransportFixture;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens while a connect is under way; here it takes longer than any test. */
@OnEveryTransport
class TcpProxyConnectingTests {

    private final TcpProxyFixture fixture = new TcpProxyFixture(Duration.ofMinutes(5));

    TcpProxyConnectingTests() throws IOException {}

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aClientThatResetsGivesItsPickBack() throws Exception {
        assumeTrue(TestTransports.noticesResetsAtOnce(), "this transport notices it when the connect has ended");
        try (var hanging = MemberServer.hanging()) {
            fixture.pool.add(hanging.address());
            var client = fixture.connect();
            await().atMost(SOON).until(() -> fixture.pool.picks.get() == 1);
            TransportFixture.reset(client);

            fixture.awaitBalance();
        }
    }

    @Test
    void aMemberThatIsCutLetsTheConnectionGoToAnother() throws Exception {
        try (var hanging = MemberServer.hanging();
                var server = MemberServer.running(MemberServer::echo)) {
            var member = fixture.pool.add(hanging.address());
            fixture.pool.add(server.address());
            try (var client = fixture.connect()) {
                await().atMost(SOON).until(() -> fixture.pool.picks.get() == 1);
                member.cut();

                TcpProxyTests.assertEchoes(client);
                assertThat(fixture.pool.releases).hasValue(1);
            }
        }
    }
}
