package io.evenkeel.dataplane.transport.netty;

import static io.evenkeel.dataplane.transport.TransportFixture.get;
import static io.evenkeel.dataplane.transport.TransportFixture.plainClient;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.transport.RecordingHandler;
import io.evenkeel.dataplane.transport.TransportContractTests;
import io.evenkeel.dataplane.transport.TransportFixture;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class EpollTransportTests extends TransportContractTests {

    private static final UnpooledByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(true);

    EpollTransportTests() {
        super(new NettyTransport(OPTIONS, new EpollSockets(), ALLOCATOR));
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

    @Override
    protected void afterClose() {
        assertThat(ALLOCATOR.metric().usedDirectMemory()).as("leaked bytes").isZero();
    }
}
