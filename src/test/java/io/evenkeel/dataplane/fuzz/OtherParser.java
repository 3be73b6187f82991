package io.evenkeel.dataplane.fuzz;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Netty's parser of HTTP/1: what others than we see in the bytes that we send. */
public final class OtherParser {

    private static final int MAX = 1 << 20;

    /**
     * A message and its content.
     *
     * @param start method and target, or status
     * @param isComplete whether its end was seen
     */
    public record Seen(String start, String content, boolean isComplete) {}

    /** @param refusal why it reads no further, if it does not */
    public record Verdict(List<Seen> messages, Optional<String> refusal) {

        public List<Seen> complete() {
            return messages.stream().filter(Seen::isComplete).toList();
        }
    }

    private final List<Seen> messages = new ArrayList<>();
    private Optional<String> refusal = Optional.empty();

    private OtherParser() {}

    public static Verdict requests(byte[] wire) {
        return new OtherParser().read(new HttpRequestDecoder(limits()), wire, false);
    }

    /**
     * @param areToHead whether the requests were HEAD
     * @param isAll whether the connection ends behind the bytes
     */
    public static Verdict responses(byte[] wire, boolean areToHead, boolean isAll) {
        return new OtherParser().read(new Responses(areToHead), wire, isAll);
    }

    private static HttpDecoderConfig limits() {
        return new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX)
                .setMaxHeaderSize(MAX)
                .setMaxChunkSize(MAX);
    }

    private Verdict read(ChannelHandler decoder, byte[] wire, boolean isAll) {
        var channel = new EmbeddedChannel(decoder);
        channel.writeInbound(Unpooled.wrappedBuffer(wire));
        if (isAll) {
            channel.finish();
        }
        for (Object read = channel.readInbound(); read != null && refusal.isEmpty(); read = channel.readInbound()) {
            take((HttpObject) read);
        }
        channel.finishAndReleaseAll();
        return new Verdict(messages, refusal);
    }

    private void take(HttpObject read) {
        if (read.decoderResult().isFailure()) {
            refusal = Optional.of(String.valueOf(read.decoderResult().cause()));
            return;
        }
        if (read instanceof HttpMessage message) {
            messages.add(new Seen(start(message), "", false));
        }
        if (read instanceof HttpContent content) {
            var last = messages.removeLast();
            var text = last.content() + content.content().toString(StandardCharsets.ISO_8859_1);
            messages.add(new Seen(last.start(), text, read instanceof LastHttpContent));
        }
    }

    private static String start(HttpMessage message) {
        return switch (message) {
            case HttpRequest request -> request.method() + " " + request.uri();
            case HttpResponse response -> String.valueOf(response.status().code());
            default -> throw new IllegalStateException("Neither request nor response");
        };
    }

    private static final class Responses extends HttpResponseDecoder {

        private final boolean areToHead;

        private Responses(boolean areToHead) {
            super(limits());
            this.areToHead = areToHead;
        }

        @Override
        protected boolean isContentAlwaysEmpty(HttpMessage message) {
            return areToHead || super.isContentAlwaysEmpty(message);
        }
    }
}
