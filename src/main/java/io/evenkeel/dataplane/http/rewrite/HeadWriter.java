package io.evenkeel.dataplane.http.rewrite;

import static io.evenkeel.dataplane.http.rewrite.InsertedFields.ascii;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.message.KnownField;
import io.evenkeel.dataplane.http.message.RequestHead;
import io.evenkeel.dataplane.http.message.ResponseHead;

/** Writes heads as they go on: our version, hop-by-hop fields of our own, everything else as it came. */
public final class HeadWriter {

    /** The most that a head grows by on its way. */
    public static final int MAX_GROWTH = 1024;

    private static final byte[] LINE_END = ascii("\r\n");
    private static final byte[] UPGRADE = ascii("Connection: Upgrade\r\nUpgrade: ");

    private HeadWriter() {}

    public static void request(RequestHead head, InsertedFields inserted, InsertedFields.Client client, Block out) {
        head.appendRequestLine(out);
        inserted.dropForged(head);
        if (head.isHttp10()) {
            head.drop(KnownField.EXPECT);
        }
        inserted.appendMissingHost(head, out);
        head.appendFields(out);
        if (head.asksForUpgrade()) {
            out.append(UPGRADE);
            head.appendValues(KnownField.UPGRADE, out);
            out.append(LINE_END);
        }
        inserted.append(head, client, out);
        out.append(LINE_END);
    }

    public static void response(ResponseHead head, ConnectionField connection, Block out) {
        head.appendStatusLine(out);
        head.appendFields(out);
        connection.append(out);
        out.append(LINE_END);
    }

    /** A 101: both sides leave HTTP. */
    public static void upgrade(ResponseHead head, Block out) {
        head.appendStatusLine(out);
        head.appendFields(out);
        out.append(UPGRADE);
        head.appendValues(KnownField.UPGRADE, out);
        out.append(LINE_END).append(LINE_END);
    }
}
