package io.evenkeel.dataplane.http.message;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.memory.BlockPool;
import java.lang.foreign.MemorySegment;

/** The head of a response: RFC 9112 §4. */
public final class ResponseHead extends MessageHead {

    private static final byte[] VERSION = Ascii.bytes("HTTP/1.1 ");
    private static final byte[] LINE_END = Ascii.bytes("\r\n");
    private static final int STATUS_AT = VERSION_LENGTH + 1;
    private static final int REASON_AT = STATUS_AT + 3;

    private boolean isHttp10;
    private int status;
    private int statusStart;
    private int lineEnd;

    public ResponseHead(BlockPool blocks) {
        super(blocks, false);
    }

    @Override
    void interpret(MemorySegment bytes, int start, int end) throws RefusedException {
        if (end - start < REASON_AT
                || Ascii.at(bytes, start + VERSION_LENGTH) != ' '
                || (end - start > REASON_AT && Ascii.at(bytes, start + REASON_AT) != ' ')) {
            throw RefusedException.malformed("bad status line");
        }
        isHttp10 = isHttp10(bytes, start, start + VERSION_LENGTH);
        statusStart = start + STATUS_AT;
        lineEnd = end;
        status = status(bytes, statusStart);
        if (isHttp10 && rules().isChunked) {
            throw RefusedException.malformed("Transfer-Encoding in HTTP/1.0");
        }
        if (status < 200 || status == 204) {
            // No body follows, whatever a sloppy member says of one: RFC 9110 §8.6, RFC 9112 §6.1.
            drop(KnownField.CONTENT_LENGTH);
            drop(KnownField.TRANSFER_ENCODING);
        }
    }

    private static int status(MemorySegment bytes, int start) throws RefusedException {
        int value = 0;
        for (int at = start; at < start + 3; at++) {
            int c = Ascii.at(bytes, at);
            if (!Ascii.isDigit(c)) {
                throw RefusedException.malformed("bad status");
            }
            value = value * 10 + (c - '0');
        }
        if (value < 100 || value > 599) {
            throw RefusedException.malformed("bad status");
        }
        return value;
    }

    /** 100..599. */
    public int status() {
        return status;
    }

    public boolean isInterim() {
        return status < 200;
    }

    /** Whether the member keeps the connection open for another request. */
    public boolean isPersistent() {
        return !rules().saysClose && (!isHttp10 || rules().saysKeepAlive);
    }

    /** Whether the fields name a protocol that the connection switches to. */
    public boolean namesUpgrade() {
        return rules().upgrade >= 0;
    }

    public MessageBody.Kind bodyKind(boolean answersHead) {
        if (answersHead || status < 200 || status == 204 || status == 304 || rules().contentLength == 0) {
            return MessageBody.Kind.NONE;
        }
        if (rules().isChunked) {
            return MessageBody.Kind.CHUNKED;
        }
        return rules().contentLength > 0 ? MessageBody.Kind.LENGTH : MessageBody.Kind.UNTIL_CLOSE;
    }

    public long contentLength() {
        return rules().contentLength;
    }

    /** As it goes on: our version, and the space that may be missing before an absent reason phrase. */
    public void appendStatusLine(Block out) {
        out.append(VERSION).append(bytes(), statusStart, lineEnd);
        if (lineEnd - statusStart == 3) {
            out.append(' ');
        }
        out.append(LINE_END);
    }

    /** Whether it goes on just as it came. */
    public boolean isAsItGoesOn() {
        return !isHttp10 && lineEnd - statusStart > 3 && !isChanged();
    }
}
