package io.evenkeel.dataplane.transport.epoll;

import static io.evenkeel.dataplane.transport.TransportFixture.get;
import static io.evenkeel.dataplane.transport.TransportFixture.plainClient;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.transport.RecordingHandler;
import io.evenkeel.dataplane.transport.TransportContractTests;
import io.evenkeel.dataplane.transport.TransportFixture;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("isSupported")
class EpollContractTests extends TransportContractTests {

    EpollContractTests() {
        super(EpollTransport.open(OPTIONS));
    }

    static boolean isSupported() {
        return EpollTransport.whyNot().isEmpty();
    }

    @Test
    void noticesAResetAfterTheEndOfInputWithoutWriting() throws IOException {
        try (var port = fixture().listen(RecordingHandler::new);
                var client = plainClient(port)) {
            var handler = fixture().onlyHandler();
            get(handler.connected);
            client.shutdownOutput();
            get(handler.ended);
            TransportFixture.reset(client);

            assertThat(get(handler.closed)).isPresent();
        }
    }
}
