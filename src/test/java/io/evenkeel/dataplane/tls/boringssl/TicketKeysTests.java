package io.evenkeel.dataplane.tls.boringssl;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.tls.TlsAcceptor;
import io.evenkeel.dataplane.tls.TlsClients;
import io.evenkeel.dataplane.tls.TlsStates;
import io.evenkeel.dataplane.traffic.Traffic;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.TestTransports;
import io.evenkeel.dataplane.transport.Transport;
import io.evenkeel.testing.Pki;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions over changes of the keys that their tickets are sealed under. */
class TicketKeysTests {

    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final TicketKeys tickets = new TicketKeys(0);
    private final TlsClients clients = TlsClients.anonymous();
    private final AtomicBoolean isResumed = new AtomicBoolean();
    private ServerContext context;
    private Transport transport;
    private InetSocketAddress address;

    @BeforeEach
    void open() throws Exception {
        var tls = TlsStates.with(TlsStates.certificate("main", Pki.selfSigned("main")));
        context = ServerContext.of(UUID.randomUUID(), tls, List.of(), TlsStates.KEYS, tickets);
        transport = TestTransports.open(1);
        var traffic = new Traffic(1).of(UUID.randomUUID(), UUID.randomUUID());
        address = transport
                .listen(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                        new TlsAcceptor(() -> context, this::noting, traffic))
                .localAddress();
    }

    @AfterEach
    void close() {
        transport.close();
    }

    private ConnectionHandler noting(Connection connection) {
        var agreed = connection.tls();
        isResumed.set(agreed != null && agreed.isResumed());
        return new Echo();
    }

    private boolean resumes() throws IOException {
        try (var client = clients.socket("127.0.0.1", address.getPort())) {
            client.setEnabledProtocols(new String[] {"TLSv1.2"});
            client.getOutputStream().write(1);
            assertThat(client.getInputStream().read()).isEqualTo(1);
            return isResumed.get();
        }
    }

    private void hoursPass(int hours) {
        for (int hour = 1; hour <= hours; hour++) {
            assertThat(tickets.renewIfDue(hour * HOUR)).isTrue();
            context.use(tickets);
        }
    }

    @Test
    void comesEveryHourAndNotBefore() {
        assertThat(tickets.renewIfDue(HOUR - 1)).isFalse();
        assertThat(tickets.renewIfDue(HOUR)).isTrue();
        assertThat(tickets.renewIfDue(2 * HOUR - 1)).isFalse();
        assertThat(tickets.current()).hasSize(2);
    }

    @Test
    void takesTicketsOfTheTwoKeysBefore() throws IOException {
        assertThat(resumes()).isFalse();
        assertThat(resumes()).isTrue();
        hoursPass(2);
        assertThat(resumes()).isTrue();
    }

    @Test
    void takesNoTicketThatIsOlder() throws IOException {
        assertThat(resumes()).isFalse();
        hoursPass(3);
        assertThat(resumes()).isFalse();
        assertThat(resumes()).isTrue();
    }

    private static final class Echo implements ConnectionHandler {

        @Override
        public void onData(Connection connection, MemorySegment bytes) {
            connection.write(bytes);
            connection.flush();
        }

        @Override
        public void onEndOfInput(Connection connection) {
            connection.close();
        }

        @Override
        public void onClosed(Connection connection, @Nullable IOException cause) {}
    }
}
