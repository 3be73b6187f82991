package io.evenkeel.dataplane.http.message;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.memory.BlockPool;
import io.evenkeel.dataplane.http.memory.Bytes;
import java.lang.foreign.MemorySegment;

/** The head of a request: RFC 9112 §3. */
public final class RequestHead extends MessageHead {

    private static final byte[] LINE_END = Ascii.bytes("\r\n");
    private static final byte[] VERSION = Ascii.bytes(" HTTP/1.1\r\n");
    private static final byte[] CONNECT = Ascii.bytes("CONNECT");
    private static final byte[] HEAD = Ascii.bytes("HEAD");
    private static final byte[] CONTENT_TYPE = Ascii.bytes("content-type");
    private static final byte[] GRPC = Ascii.bytes("application/grpc");
    private static final byte[] OPTIONS = Ascii.bytes("OPTIONS");
    private static final byte[][] OTHER_IDEMPOTENT = {
        Ascii.bytes("GET"), Ascii.bytes("PUT"), Ascii.bytes("DELETE"), Ascii.bytes("TRACE")
    };

    private final RequestTarget target = new RequestTarget();
    private int methodStart;
    private int methodEnd;
    private int targetEnd;
    private int lineEnd;
    private boolean isHttp10;
    private boolean isHead;
    private boolean isOptions;
    private boolean isIdempotent;

    public RequestHead(BlockPool blocks) {
        super(blocks, true);
    }

    /** Whether it is a call of gRPC, by its content's type. */
    public boolean isGrpc() {
        int field = nextField(CONTENT_TYPE, -1);
        return field >= 0
                && valueEnd(field) - valueStart(field) >= GRPC.length
                && Ascii.equalsIgnoringCase(bytes(), valueStart(field), valueStart(field) + GRPC.length, GRPC);
    }

    @Override
    void interpret(MemorySegment bytes, int start, int end) throws RefusedException {
        methodStart = start;
        lineEnd = end;
        methodEnd = tokenEnd(bytes, start, end);
        int targetStart = methodEnd + 1;
        targetEnd = Ascii.indexOf(bytes, targetStart, end, ' ');
        if (methodEnd == start || methodEnd == end || Ascii.at(bytes, methodEnd) != ' ' || targetEnd == targetStart) {
            throw RefusedException.malformed("bad request line");
        }
        isHttp10 = isHttp10(bytes, targetEnd + 1, end);
        method(bytes);
        if (isHttp10 && rules().isChunked) {
            throw RefusedException.malformed("Transfer-Encoding in HTTP/1.0");
        }
        target.read(bytes, targetStart, targetEnd, isOptions);
        host(bytes);
    }

    private static int tokenEnd(MemorySegment bytes, int start, int end) {
        int at = start;
        while (at < end && Ascii.isToken(Ascii.at(bytes, at))) {
            at++;
        }
        return at;
    }

    private void method(MemorySegment bytes) throws RefusedException {
        if (Ascii.equals(bytes, methodStart, methodEnd, CONNECT)) {
            throw new RefusedException(501, "CONNECT is not served");
        }
        isHead = Ascii.equals(bytes, methodStart, methodEnd, HEAD);
        isOptions = Ascii.equals(bytes, methodStart, methodEnd, OPTIONS);
        isIdempotent = isHead || isOptions;
        for (var method : OTHER_IDEMPOTENT) {
            isIdempotent |= Ascii.equals(bytes, methodStart, methodEnd, method);
        }
    }

    private void host(MemorySegment bytes) throws RefusedException {
        if (rules().host < 0) {
            if (!isHttp10) {
                throw RefusedException.malformed("missing Host");
            }
            target.requireNoOtherHost();
        } else {
            target.requireSameHost(bytes, valueStart(rules().host), valueEnd(rules().host));
        }
    }

    /** Cut where it is longer than that. */
    public byte[] method(int maxBytes) {
        return copy(methodStart, methodEnd, maxBytes);
    }

    /** As it came; cut where it is longer than that. */
    public byte[] target(int maxBytes) {
        return copy(methodEnd + 1, targetEnd, maxBytes);
    }

    public boolean isHttp10() {
        return isHttp10;
    }

    public boolean isHead() {
        return isHead;
    }

    public boolean isOptions() {
        return isOptions;
    }

    /** By RFC 9110 §9.2.2: sent twice, it has the effect of once. */
    public boolean isIdempotent() {
        return isIdempotent;
    }

    public boolean hasHost() {
        return rules().host >= 0;
    }

    /** Whether the client wants the connection to live on: RFC 9112 §9.3. */
    public boolean isPersistent() {
        return !rules().saysClose && (!isHttp10 || rules().saysKeepAlive);
    }

    public MessageBody.Kind bodyKind() {
        if (rules().isChunked) {
            return MessageBody.Kind.CHUNKED;
        }
        return rules().contentLength > 0 ? MessageBody.Kind.LENGTH : MessageBody.Kind.NONE;
    }

    /** Bytes of a body of kind {@link BodyKind#LENGTH}. */
    public long contentLength() {
        return rules().contentLength;
    }

    public boolean expectsContinue() {
        return rules().expectsContinue && !isHttp10;
    }

    /** An upgrade that may go on to the member; not with a body, whose end would be unclear. */
    public boolean asksForUpgrade() {
        return rules().asksForUpgrade() && !isHttp10 && bodyKind() == MessageBody.Kind.NONE;
    }

    public void copyMethod(Bytes out) {
        out.append(bytes(), methodStart, methodEnd);
    }

    /** In lower case, without port and without a dot at its end; nothing where HTTP/1.0 names none. */
    public void copyHost(Bytes out) {
        target.host().copyHost(bytes(), out);
    }

    /** That the host was named with; the given one where it was named without. */
    public int portOr(int defaultPort) {
        return target.host().portOr(defaultPort);
    }

    /** As it came, without the query. */
    public void copyPath(Bytes out) {
        target.copyPath(bytes(), isOptions, out);
    }

    /** As it came, without the question mark. */
    public void copyQuery(Bytes out) {
        target.copyQuery(bytes(), out);
    }

    /** With another target. */
    public void appendRequestLine(Bytes otherTarget, Block out) {
        out.append(bytes(), methodStart, methodEnd + 1).append(otherTarget).append(VERSION);
    }

    /** As it goes on: the target in origin form or an asterisk (RFC 9112 §3.2), and our version. */
    public void appendRequestLine(Block out) {
        if (!isHttp10 && target.isAsItGoesOn()) {
            out.append(bytes(), methodStart, lineEnd).append(LINE_END);
            return;
        }
        out.append(bytes(), methodStart, methodEnd + 1);
        target.appendTo(out, bytes(), isOptions);
        out.append(VERSION);
    }
}
