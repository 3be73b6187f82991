package io.evenkeel.dataplane.transport.netty;

import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.EventLoop;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelException;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/** What a handler may do with a channel. What comes from the channel passes through {@link Inbound}. */
final class NettyConnection implements Connection {

    private final NettyLoop loop;
    private final SocketChannel channel;
    private final Inbound inbound;
    private final InetSocketAddress remoteAddress;
    private final InetSocketAddress localAddress;
    private @Nullable IOException cause;
    private boolean isOutputEnding;
    private boolean isOutputEnded;
    private boolean isClosing;
    private boolean isGone;

    NettyConnection(
            NettyLoop loop,
            SocketChannel channel,
            Inbound inbound,
            InetSocketAddress remoteAddress,
            InetSocketAddress localAddress) {
        this.loop = loop;
        this.channel = channel;
        this.inbound = inbound;
        this.remoteAddress = remoteAddress;
        this.localAddress = localAddress;
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    @Override
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public void write(MemorySegment bytes) {
        if (bytes.byteSize() > 0 && !isOutputEnding && isOpen()) {
            // The void promise sends a failure to Inbound.exceptionCaught and costs no object.
            var _ = channel.write(loop.readWindow().toBuffer(bytes, channel.alloc()), channel.voidPromise());
        }
    }

    @Override
    public void flush() {
        if (isOpen()) {
            channel.flush();
        }
    }

    @Override
    public boolean isWritable() {
        return isOpen() && !isOutputEnding && channel.isWritable();
    }

    /** Does nothing: Netty's own splicing is deprecated, and gone in its next version. */
    @Override
    public void allowSplice(Connection to, long bytes) {}

    @Override
    public void pauseReading() {
        if (isOpen()) {
            inbound.pause();
        }
    }

    @Override
    public void resumeReading() {
        if (isOpen()) {
            inbound.resume();
        }
    }

    @Override
    public void shutdownOutput() {
        if (!isOutputEnding && isOpen()) {
            isOutputEnding = true;
            afterPendingWrites(this::endOutput);
        }
    }

    @Override
    public void close() {
        if (!isOpen()) {
            return;
        }
        isClosing = true;
        inbound.discard();
        if (isOutputEnded) {
            drop();
        } else if (!isOutputEnding) {
            afterPendingWrites(this::drop);
        }
    }

    @Override
    public void reset() {
        if (isGone || !channel.isOpen()) {
            return;
        }
        try {
            channel.config().setSoLinger(0);
        } catch (ChannelException alreadyDisconnected) {
            // Then there is no peer left to send RST to.
        }
        drop();
    }

    @Override
    public boolean isOpen() {
        return !isClosing && !isGone;
    }

    /** Ends the connection because it broke. What was found first stays the cause. */
    void fail(IOException why) {
        if (!isGone) {
            cause = why;
            reset();
        }
    }

    /** Ends the connection at once, without RST, because the transport ends. */
    void end(IOException why) {
        if (!isGone) {
            cause = why;
            drop();
        }
    }

    /** Both directions are done: nothing can happen on this connection any more. */
    void closeIfBothEnded() {
        if (isOutputEnded && (isClosing || inbound.isEndDelivered())) {
            drop();
        }
    }

    /** Why the channel, which is closed now, is closed; null when that was orderly. */
    @Nullable
    IOException endedBecause() {
        if (!isGone && cause == null) {
            // Nobody here closed it, and Netty gave no reason.
            cause = new SocketException("Connection lost");
        }
        isGone = true;
        return cause;
    }

    private void afterPendingWrites(Runnable action) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> {
            if (sent.isSuccess() && !isGone) {
                action.run();
            }
        });
    }

    private void endOutput() {
        channel.shutdownOutput().addListener(this::onOutputEnded);
    }

    private void onOutputEnded(Future<? super Void> ended) {
        if (ended.isSuccess()) {
            isOutputEnded = true;
            closeIfBothEnded();
        } else {
            fail(NettyLoop.asIo(ended.cause()));
        }
    }

    private void drop() {
        isGone = true;
        var _ = channel.close();
    }
}
