package io.evenkeel.dataplane.http.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.evenkeel.dataplane.http.conformance.Step.Ends;
import io.evenkeel.dataplane.http.conformance.Step.GetsOwnAnswer;
import io.evenkeel.dataplane.http.conformance.Step.IsLeft;
import io.evenkeel.dataplane.http.conformance.Step.NextComesOn;
import io.evenkeel.dataplane.http.conformance.Step.Resets;
import io.evenkeel.dataplane.http.conformance.Step.Sees;
import io.evenkeel.dataplane.http.conformance.Step.SeesAtMost;
import io.evenkeel.dataplane.http.conformance.Step.SeesEnd;
import io.evenkeel.dataplane.http.conformance.Step.SeesReset;
import io.evenkeel.dataplane.http.conformance.Step.Sends;
import io.evenkeel.dataplane.http.conformance.Step.Who;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Plays vectors with the proxy in the middle: one thread is client and member both and waits on all their sockets at
 * once, so a step that the proxy gets wrong fails at once. Connections live on from vector to vector where the proxy
 * keeps them.
 */
final class Conversation implements AutoCloseable {

    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final String NEXT = "GET /next HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String NEXT_FORWARDED = "GET /next HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 127.0.0.1\r\n\r\n";
    private static final String NEXT_ANSWER = "HTTP/1.1 204 No Content\r\n\r\n";

    private final Selector selector = Selector.open();
    private final ServerSocketChannel server = ServerSocketChannel.open();
    private final ProxyUnderTest proxy;
    private final List<Peer> members = new ArrayList<>();
    private @Nullable Peer client;
    private @Nullable Peer member;
    private Cut cut = Cut.NOWHERE;
    private long deadline;

    Conversation() throws IOException {
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        proxy = new ProxyUnderTest((InetSocketAddress) server.getLocalAddress());
    }

    /** Plays the vector, and whole also a plain request after it, which must be served however the vector ended. */
    void play(Vector vector, Cut cutTo) throws IOException {
        try {
            this.cut = cutTo;
            deadline = System.nanoTime() + PATIENCE_NANOS;
            proxy.use(vector.inserted(), vector.hasMember());
            vector.steps().forEach(this::step);
            finish(vector, cutTo.equals(Cut.NOWHERE));
        } catch (AssertionError | RuntimeException | IOException e) {
            var state = "cut " + cutTo + ", client " + client + ", members " + members;
            dropAll();
            throw new AssertionError(e.getMessage() + "\n" + state, e);
        }
    }

    /** How often the proxy read from the client's connection so far. */
    int clientReads() {
        return client == null ? 0 : client.far(deadline).reads();
    }

    private void step(Step step) {
        try {
            switch (step) {
                case Sends sends -> send(sends.who(), sends.bytes(), cut.ends(sends));
                case Sees(Who who, String bytes) -> see(who, bytes);
                case SeesAtMost(String bytes) -> seeAtMost(bytes);
                case GetsOwnAnswer answer -> getOwnAnswer(answer);
                case Ends(Who who) -> peer(who).end();
                case Resets(Who who) -> peer(who).reset();
                case SeesEnd(Who who) -> seeEnd(peer(who), false);
                case SeesReset(Who who) -> seeEnd(peer(who), true);
                case IsLeft left -> await(member()::hasEnded, () -> false);
                case NextComesOn later -> assertThat(later).isNotNull();
            }
        } catch (IOException e) {
            throw new AssertionError(step + ": " + e, e);
        }
    }

    private Peer peer(Who who) throws IOException {
        return who == Who.CLIENT ? client() : member();
    }

    private Peer client() throws IOException {
        if (client == null) {
            client = Peer.client(proxy, selector);
        }
        return client;
    }

    private Peer member() {
        if (member == null) {
            throw new AssertionError("the member has seen nothing yet");
        }
        return member;
    }

    private void send(Who who, String bytes, int[] ends) throws IOException {
        var peer = peer(who);
        var far = peer.far(deadline);
        int from = 0;
        for (int end : ends) {
            if (!peer.write(bytes, from, end)) {
                return;
            }
            if (ends.length > 1) {
                far.awaitRead(peer.sent(), deadline);
            }
            from = end;
        }
    }

    private void see(Who who, String expected) throws IOException {
        if (who == Who.MEMBER) {
            await(() -> hasPart(speaking(), expected), () -> client != null && isDisturbed(client));
            member = speaking();
            member().far(deadline);
        }
        var peer = peer(who);
        await(() -> peer.inbox().length() >= expected.length(), () -> !isPrefix(peer.inbox(), expected));
        assertThat(peer.inbox().substring(0, Math.min(peer.inbox().length(), expected.length())))
                .as(who + " sees")
                .isEqualTo(expected);
        peer.take(expected.length());
    }

    private static boolean isDisturbed(Peer peer) {
        return peer.hasEnded() || !peer.inbox().isEmpty();
    }

    private static boolean isPrefix(String part, String expected) {
        return expected.startsWith(part) || part.startsWith(expected);
    }

    private static boolean hasPart(@Nullable Peer peer, String expected) {
        return peer != null && (!peer.inbox().isEmpty() || expected.isEmpty());
    }

    /** The member's connection on which something came that was not yet looked at. */
    private @Nullable Peer speaking() {
        return members.stream()
                .filter(peer -> !peer.isOver() && !peer.inbox().isEmpty())
                .findFirst()
                .orElse(null);
    }

    private void seeAtMost(String most) throws IOException {
        pump(0);
        var seen = speaking();
        if (seen != null) {
            assertThat(most).as("at most").startsWith(seen.inbox());
            await(seen::hasEnded, () -> false);
            members.remove(seen);
        }
    }

    private void getOwnAnswer(GetsOwnAnswer expected) throws IOException {
        var peer = client();
        var pattern =
                Pattern.compile("HTTP/1\\.1 " + expected.status() + " [A-Z][A-Za-z ]+\r\n(?:[!-~]+: [^\r\n]*\r\n)*"
                        + "Content-Length: (\\d+)\r\n(?:[!-~]+: [^\r\n]*\r\n)*\r\n");
        await(() -> pattern.matcher(peer.inbox()).find(), peer::hasEnded);
        var head = pattern.matcher(peer.inbox());
        assertThat(head.lookingAt()).as("%s answers %s", peer.inbox(), expected).isTrue();
        assertThat(head.group().contains("\r\nConnection: close\r\n"))
                .as("closes: " + head.group())
                .isEqualTo(expected.closes());
        if (!expected.reason().isEmpty()) {
            assertThat(head.group())
                    .contains("\r\nX-Evenkeel-Reason: " + expected.reason() + "\r\n")
                    .contains("\r\nX-Evenkeel-Request-Sent: " + (expected.isSent() ? "yes" : "no") + "\r\n");
        }
        int length = head.end() + Integer.parseInt(head.group(1));
        await(() -> peer.inbox().length() >= length, peer::hasEnded);
        peer.take(length);
        if (expected.closes()) {
            seeEnd(peer, false);
        }
    }

    private void seeEnd(Peer peer, boolean isReset) throws IOException {
        await(peer::hasEnded, () -> false);
        assertThat(peer.wasReset()).as("reset").isEqualTo(isReset);
    }

    private void finish(Vector vector, boolean isAskedAgain) throws IOException {
        assertThat(client == null ? "" : client.inbox())
                .as("unexpected at the client")
                .isEmpty();
        pump(0);
        assertThat(speaking()).as("unexpected at the member").isNull();
        var last = member;
        awaitMembersThatEnded();
        if (client != null && (client.hasEnded() || client.isOver())) {
            close(client);
            client = null;
        }
        if (isAskedAgain) {
            askAgain(vector, last);
        }
    }

    private void askAgain(Vector vector, @Nullable Peer last) throws IOException {
        proxy.use(Vectors.PLAIN, true);
        cut = Cut.NOWHERE;
        step(new Sends(Who.CLIENT, NEXT, false));
        step(new Sees(Who.MEMBER, NEXT_FORWARDED));
        for (var step : vector.steps()) {
            if (step instanceof NextComesOn(boolean isSame)) {
                assertThat(member == last).as("on the same connection").isEqualTo(isSame);
            }
        }
        step(new Sends(Who.MEMBER, NEXT_ANSWER, false));
        step(new Sees(Who.CLIENT, NEXT_ANSWER));
    }

    /** What a member ended the proxy must have noticed, before it is asked for the next. */
    private void awaitMembersThatEnded() throws IOException {
        for (var ended : List.copyOf(members)) {
            if (ended.isOver() || ended.hasEnded()) {
                close(ended);
                ended.far(deadline).awaitClosed(deadline);
                members.remove(ended);
            }
        }
    }

    private static void close(Peer peer) throws IOException {
        peer.reset();
    }

    private void dropAll() throws IOException {
        if (client != null) {
            close(client);
            client = null;
        }
        for (var each : members) {
            close(each);
        }
        deadline = System.nanoTime() + PATIENCE_NANOS;
        pump(0);
        awaitMembersThatEnded();
        member = null;
    }

    private void await(BooleanSupplier isDone, BooleanSupplier isHopeless) throws IOException {
        while (!isDone.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left < 0 || isHopeless.getAsBoolean()) {
                fail(left < 0 ? "nothing comes" : "something else comes");
            }
            pump(left / 1_000_000 + 1);
        }
    }

    /** Takes in what has come, and waits for something to come for so long; 0 waits for nothing. */
    private void pump(long millis) throws IOException {
        int ready = millis > 0 ? selector.select(millis) : selector.selectNow();
        if (ready == 0) {
            return;
        }
        for (var key : selector.selectedKeys()) {
            if (key.isAcceptable()) {
                var accepted = server.accept();
                if (accepted != null) {
                    members.add(Peer.member(proxy, accepted, selector));
                }
            } else if (key.attachment() instanceof Peer peer) {
                peer.read();
            }
        }
        selector.selectedKeys().clear();
    }

    @Override
    public void close() throws IOException {
        dropAll();
        proxy.close();
        server.close();
        selector.close();
    }
}
