package io.evenkeel.dataplane.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.transport.TransportContractTests;
import io.netty.buffer.UnpooledByteBufAllocator;

class NettyTransportTests extends TransportContractTests {

    private static final UnpooledByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(true);

    NettyTransportTests() {
        super(new NettyTransport(OPTIONS, ALLOCATOR));
    }

    @Override
    protected void afterClose() {
        assertThat(ALLOCATOR.metric().usedDirectMemory()).as("leaked bytes").isZero();
    }
}
