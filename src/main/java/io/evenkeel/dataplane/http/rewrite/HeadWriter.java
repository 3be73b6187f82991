package io.evenkeel.dataplane.http.rewrite;

import static io.evenkeel.dataplane.http.rewrite.InsertedFields.ascii;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.message.KnownField;
import io.evenkeel.dataplane.http.message.RequestHead;
import io.evenkeel.dataplane.http.message.ResponseHead;
import io.evenkeel.dataplane.http.routing.action.Decision;
import io.evenkeel.dataplane.http.routing.action.HeadEdits;
import io.evenkeel.dataplane.http.routing.action.ResponseEdits;
import io.evenkeel.dataplane.http.sticky.AddedFields;
import org.jspecify.annotations.Nullable;

/** Writes heads as they go on: our version, hop-by-hop fields of our own, everything else as it came. */
public final class HeadWriter {

    /** The most that a head grows by on its way, but for what policies change. */
    public static final int MAX_GROWTH = 1024;

    private static final byte[] LINE_END = ascii("\r\n");
    private static final byte[] HOST = ascii("Host: ");
    private static final byte[] UPGRADE = ascii("Connection: Upgrade\r\nUpgrade: ");

    private HeadWriter() {}

    public static void request(
            RequestHead head, InsertedFields inserted, InsertedFields.Client client, HeadEdits edits, Block out) {
        if (edits.target().size() == 0) {
            head.appendRequestLine(out);
        } else {
            head.appendRequestLine(edits.target(), out);
        }
        inserted.dropForged(head);
        edits.apply(head);
        if (head.isHttp10()) {
            head.drop(KnownField.EXPECT);
        }
        host(head, inserted, edits, out);
        head.appendFields(out);
        if (head.asksForUpgrade()) {
            out.append(UPGRADE);
            head.appendValues(KnownField.UPGRADE, out);
            out.append(LINE_END);
        }
        inserted.append(head, client, out);
        out.append(edits.lines()).append(LINE_END);
    }

    private static void host(RequestHead head, InsertedFields inserted, HeadEdits edits, Block out) {
        if (edits.host().size() == 0) {
            inserted.appendMissingHost(head, out);
        } else {
            head.drop(KnownField.HOST);
            out.append(HOST).append(edits.host()).append(LINE_END);
        }
    }

    /**
     * @param edits null for none
     * @param added null when the response brings nothing but what the member and policies say
     */
    public static void response(
            ResponseHead head,
            ConnectionField connection,
            @Nullable ResponseEdits edits,
            @Nullable AddedFields added,
            Block out) {
        head.appendStatusLine(out);
        if (edits != null) {
            edits.apply(head);
        }
        head.appendFields(out);
        if (edits != null) {
            out.append(edits.lines());
        }
        connection.append(out);
        append(added, out);
        out.append(LINE_END);
    }

    /** What a policy answers by itself. */
    public static void answer(Decision decision, ConnectionField connection, boolean answersHead, Block out) {
        out.append(decision.answerHead());
        connection.append(out);
        out.append(LINE_END);
        if (!answersHead) {
            out.append(decision.answerBody());
        }
    }

    /** A 101: both sides leave HTTP. */
    public static void upgrade(ResponseHead head, @Nullable AddedFields added, Block out) {
        head.appendStatusLine(out);
        head.appendFields(out);
        out.append(UPGRADE);
        head.appendValues(KnownField.UPGRADE, out);
        out.append(LINE_END);
        append(added, out);
        out.append(LINE_END);
    }

    private static void append(@Nullable AddedFields added, Block out) {
        if (added != null) {
            added.append(out);
        }
    }
}
