package io.evenkeel.dataplane.transport.netty;

import io.evenkeel.dataplane.transport.TransportOptions;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramChannelConfig;
import io.netty.channel.socket.SocketChannelConfig;

/** How every channel is set up. */
final class ChannelOptions {

    // Beyond 32 KiB a read falls out of the first-level cache and costs more for each byte.
    private static final int MAX_READ_BYTES = 32 << 10;

    // Then the other connections of the loop have their turn.
    private static final int READS_PER_TURN = 16;

    // What does not fit is cut off.
    private static final int MAX_DATAGRAM_BYTES = 64 << 10;

    private final ByteBufAllocator allocator;
    private final WriteBufferWaterMark waterMark;
    private final RecvByteBufAllocator readSizes =
            new AdaptiveRecvByteBufAllocator(512, 2048, MAX_READ_BYTES).maxMessagesPerRead(READS_PER_TURN);

    private final RecvByteBufAllocator datagramSizes =
            new FixedRecvByteBufAllocator(MAX_DATAGRAM_BYTES).maxMessagesPerRead(READS_PER_TURN);

    ChannelOptions(TransportOptions options, ByteBufAllocator allocator) {
        this.allocator = allocator;
        waterMark = new WriteBufferWaterMark(options.lowWaterBytes(), options.highWaterBytes());
    }

    void apply(SocketChannelConfig config) {
        config.setAllocator(allocator);
        config.setRecvByteBufAllocator(readSizes);
        config.setWriteBufferWaterMark(waterMark);
        config.setAllowHalfClosure(true);
        config.setTcpNoDelay(true);
    }

    void apply(DatagramChannelConfig config) {
        config.setAllocator(allocator);
        config.setRecvByteBufAllocator(datagramSizes);
    }
}
