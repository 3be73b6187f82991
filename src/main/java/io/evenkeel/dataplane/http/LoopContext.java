package io.evenkeel.dataplane.http;

import io.evenkeel.dataplane.http.gzip.GzipBodies;
import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.memory.BlockPool;
import io.evenkeel.dataplane.http.message.RefusedException;
import io.evenkeel.dataplane.http.message.RequestHead;
import io.evenkeel.dataplane.http.message.ResponseHead;
import io.evenkeel.dataplane.http.rewrite.InsertedFields;
import io.evenkeel.dataplane.http.routing.action.Decision;
import io.evenkeel.dataplane.settings.ListenerSettings;
import io.evenkeel.dataplane.transport.EventLoop;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What the connections of one proxy on one loop share. For the loop's thread alone. */
final class LoopContext {

    private static final int KEPT_HEADS = 64;

    private final EventLoop loop;
    private final BlockPool blocks;
    private final MemberConnections members;
    private final GzipBodies gzips = new GzipBodies();
    private final ArrayDeque<RequestHead> requestHeads = new ArrayDeque<>();
    private final ArrayDeque<ResponseHead> responseHeads = new ArrayDeque<>();
    private final Decision decision = new Decision();
    private @Nullable ListenerSettings lastSettings;
    private @Nullable InsertedFields lastInserted;

    /** @param dialer connects to members with HTTP/2 */
    LoopContext(EventLoop loop, BlockPool blocks, MemberDialer dialer) {
        this.loop = loop;
        this.blocks = blocks;
        this.members = new MemberConnections(this, dialer);
    }

    EventLoop loop() {
        return loop;
    }

    int index() {
        return loop.index();
    }

    BlockPool blocks() {
        return blocks;
    }

    /** An empty block for what is written at once. */
    Block scratch() {
        return blocks.scratch();
    }

    GzipBodies gzips() {
        return gzips;
    }

    MemberConnections members() {
        return members;
    }

    /**
     * What becomes of a request, by the policies of its listener. Holds until the next one.
     *
     * @throws RefusedException when the request is answered so
     */
    Decision decide(RequestHead head, ListenerSettings settings, InsertedFields.Client client) throws RefusedException {
        decision.toPool(settings.pool());
        var routing = settings.routing();
        if (routing != null) {
            routing.decide(head, client.caller(), index(), loop.nanoTime(), decision);
        }
        return decision;
    }

    // Each configuration is one object, swapped whole: comparing its fields would cost more than it saves.
    @SuppressWarnings("ReferenceEquality")
    InsertedFields inserted(ListenerSettings settings) {
        if (lastInserted == null || lastSettings != settings) {
            lastSettings = settings;
            lastInserted = new InsertedFields(settings);
        }
        return lastInserted;
    }

    /** Readers are lent for the time of a head, so that an idle connection has none. */
    RequestHead takeRequestHead() {
        var head = requestHeads.pollLast();
        return head == null ? new RequestHead(blocks) : head;
    }

    void give(@Nullable RequestHead head) {
        if (head != null) {
            head.clear();
            if (requestHeads.size() < KEPT_HEADS) {
                requestHeads.addLast(head);
            }
        }
    }

    ResponseHead takeResponseHead() {
        var head = responseHeads.pollLast();
        return head == null ? new ResponseHead(blocks) : head;
    }

    void give(@Nullable ResponseHead head) {
        if (head != null) {
            head.clear();
            if (responseHeads.size() < KEPT_HEADS) {
                responseHeads.addLast(head);
            }
        }
    }
}
