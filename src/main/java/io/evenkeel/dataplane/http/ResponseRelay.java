package io.evenkeel.dataplane.http;

import io.evenkeel.dataplane.http.gzip.GzipBody;
import io.evenkeel.dataplane.http.gzip.GzipRules;
import io.evenkeel.dataplane.http.message.KnownField;
import io.evenkeel.dataplane.http.message.MessageBody;
import io.evenkeel.dataplane.http.message.RefusedException;
import io.evenkeel.dataplane.http.message.ResponseHead;
import io.evenkeel.dataplane.http.rewrite.ConnectionField;
import io.evenkeel.dataplane.http.rewrite.HeadWriter;
import io.evenkeel.dataplane.http.routing.action.ResponseEdits;
import io.evenkeel.dataplane.http.sticky.AddedFields;
import io.evenkeel.dataplane.transport.Connection;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Reads a member's response and writes it to the client as it comes. Reused from response to response. */
final class ResponseRelay {

    /** What came of the bytes. */
    enum Progress {
        UNFINISHED,
        FINISHED,
        SWITCHED
    }

    private static final int MAX_INTERIM = 32;
    private static final long SPLICED_FROM_BYTES = 512 << 10;
    private static final long UNSPLICED_BYTES = 64 << 10;

    private final LoopContext context;
    private final Connection client;
    private final MessageBody body = new MessageBody();
    private @Nullable ResponseHead head;
    private @Nullable GzipBody gzip;
    private boolean mayVaryByGzip;
    private boolean mayGzip;
    private @Nullable ResponseEdits edits;
    private @Nullable AddedFields added;
    private boolean isForHttp10;
    private boolean answersHead;
    private boolean mayUpgrade;
    private boolean isClientPersistent;
    private boolean isMemberPersistent;
    private boolean isStarted;
    private boolean isUnchunked;
    private boolean hasBytes;
    private int status;
    private int interimCount;
    private int used;
    private long sent;

    ResponseRelay(LoopContext context, Connection client) {
        this.context = context;
        this.client = client;
    }

    void begin(boolean isForHttp10, boolean answersHead, boolean mayUpgrade) {
        this.isForHttp10 = isForHttp10;
        this.answersHead = answersHead;
        this.mayUpgrade = mayUpgrade;
        mayVaryByGzip = false;
        mayGzip = false;
        edits = null;
        added = null;
        isClientPersistent = false;
        isMemberPersistent = false;
        isStarted = false;
        hasBytes = false;
        interimCount = 0;
        sent = 0;
        body.begin(MessageBody.Kind.NONE, 0);
    }

    /** The listener compresses responses, this one as well if the client takes it. */
    void mayGzip(boolean isAccepted) {
        mayVaryByGzip = true;
        mayGzip = isAccepted;
    }

    /** The response is complete: what is left of it is written. */
    void complete() {
        if (gzip != null) {
            gzip.finish(context.scratch(), this::send);
        }
    }

    /** Changes the final head, as a policy wants. */
    void change(@Nullable ResponseEdits wanted) {
        edits = wanted;
    }

    /** @param fields of the final head; null for none */
    void add(@Nullable AddedFields fields) {
        added = fields;
    }

    private @Nullable AddedFields addedTo(ResponseHead reading) {
        return added != null && added.belongTo(reading) ? added : null;
    }

    /** Forgets what was begun: no more comes. */
    void end() {
        giveHead();
        if (gzip != null) {
            context.gzips().give(gzip);
            gzip = null;
        }
    }

    private void giveHead() {
        context.give(head);
        head = null;
    }

    /** Whether any byte came of the member's answer. */
    boolean hasBytes() {
        return hasBytes;
    }

    /** Whether the final head is written, so that nothing else can be answered. */
    boolean isStarted() {
        return isStarted;
    }

    /** Of the final response, or 101; undefined before {@link #isStarted}. */
    int status() {
        return status;
    }

    boolean hasInterim() {
        return interimCount > 0;
    }

    boolean isClientPersistent() {
        return isClientPersistent;
    }

    /** Whether the member's connection is fit for another request, so far as this response says. */
    boolean isMemberPersistent() {
        return isMemberPersistent && body.kind() != MessageBody.Kind.UNTIL_CLOSE;
    }

    boolean endsWithConnection() {
        return isStarted && body.kind() == MessageBody.Kind.UNTIL_CLOSE;
    }

    /**
     * How many of the bytes that come next may go to the client past this relay. The last ones do not, so that the
     * response is not over before the client has taken nearly all of it.
     */
    long bytesToSplice() {
        long rest = isStarted && gzip == null ? body.remaining() : 0;
        return rest >= SPLICED_FROM_BYTES ? rest - UNSPLICED_BYTES : 0;
    }

    /** These bytes went to the client past this relay. */
    void spliced(long count) {
        body.skip(count);
        sent += count;
    }

    /** Bytes that were written to the client. */
    long sent() {
        return sent;
    }

    /** So many more bytes went to the client, as they came. */
    void countSent(long count) {
        sent += count;
    }

    private void send(MemorySegment bytes) {
        sent += bytes.byteSize();
        client.write(bytes);
    }

    /** How many of the last bytes belonged to the response. */
    int used() {
        return used;
    }

    /** @param mayPersist whether the client's connection can serve another request after this one, as of now */
    Progress read(MemorySegment bytes, boolean mayPersist) throws RefusedException {
        hasBytes = true;
        used = 0;
        int size = (int) bytes.byteSize();
        while (used < size) {
            if (isStarted) {
                used = relay(bytes, used, size);
            } else if (readHead(bytes, size, mayPersist)) {
                return Progress.SWITCHED;
            }
            if (isStarted && body.isDone()) {
                return Progress.FINISHED;
            }
        }
        if (gzip != null) {
            // What the member has said so far is for the client to have.
            gzip.flush(context.scratch(), this::send);
        }
        return Progress.UNFINISHED;
    }

    /** Returns whether the protocol was switched. */
    private boolean readHead(MemorySegment bytes, int size, boolean mayPersist) throws RefusedException {
        if (head == null) {
            head = context.takeResponseHead();
        }
        var reading = head;
        used = reading.read(bytes, used, size);
        if (!reading.isComplete()) {
            return false;
        }
        status = reading.status();
        boolean isSwitch = status == 101;
        if (isSwitch) {
            writeUpgrade(reading);
        } else if (reading.isInterim()) {
            writeInterim(reading);
        } else {
            start(reading, mayPersist);
        }
        giveHead();
        return isSwitch;
    }

    private void writeUpgrade(ResponseHead reading) throws RefusedException {
        if (!mayUpgrade || !reading.namesUpgrade()) {
            throw new RefusedException(502, "upgrade that was not asked for");
        }
        isStarted = true;
        var out = context.scratch();
        HeadWriter.upgrade(reading, addedTo(reading), out);
        send(out.filled());
    }

    private void writeInterim(ResponseHead reading) throws RefusedException {
        if (++interimCount > MAX_INTERIM) {
            throw new RefusedException(502, "too many interim responses");
        }
        // RFC 9110 §15.2: HTTP/1.0 knows no 1xx.
        if (!isForHttp10) {
            writeHead(reading, ConnectionField.SILENT, null, null);
        }
    }

    private void start(ResponseHead reading, boolean mayPersist) {
        var kind = reading.bodyKind(answersHead);
        isUnchunked = isForHttp10 && kind == MessageBody.Kind.CHUNKED;
        body.begin(kind, reading.contentLength());
        isMemberPersistent = reading.isPersistent();
        startGzip(reading, kind);
        boolean hasEnd = gzip != null || kind != MessageBody.Kind.UNTIL_CLOSE;
        isClientPersistent = mayPersist && hasEnd && !isUnchunked;
        if (isForHttp10) {
            reading.drop(KnownField.TRANSFER_ENCODING);
            reading.drop(KnownField.TRAILER);
        }
        isStarted = true;
        writeHead(reading, connection(isClientPersistent), edits, addedTo(reading));
    }

    private void startGzip(ResponseHead reading, MessageBody.Kind kind) {
        if (!mayVaryByGzip || !GzipRules.isCompressible(reading, kind)) {
            return;
        }
        gzip = mayGzip ? context.gzips().take() : null;
        if (gzip == null) {
            GzipRules.vary(reading);
        } else {
            GzipRules.compress(reading);
        }
    }

    private void writeHead(
            ResponseHead reading,
            ConnectionField connection,
            @Nullable ResponseEdits changes,
            @Nullable AddedFields more) {
        if (connection == ConnectionField.SILENT && changes == null && more == null && reading.isAsItGoesOn()) {
            send(reading.asItCame());
            return;
        }
        var out = context.scratch();
        HeadWriter.response(reading, connection, changes, more, out);
        send(out.filled());
    }

    /** What we say of the connection in a response to this client. */
    ConnectionField connection(boolean isPersistent) {
        if (!isPersistent) {
            return ConnectionField.CLOSE;
        }
        return isForHttp10 ? ConnectionField.KEEP_ALIVE : ConnectionField.SILENT;
    }

    private int relay(MemorySegment bytes, int from, int to) throws RefusedException {
        boolean isContentAlone = isUnchunked || gzip != null;
        int end = isContentAlone ? body.nextRun(bytes, from, to) : body.read(bytes, from, to);
        boolean isForClient = isContentAlone ? body.isData() : body.goesOn();
        if (isForClient && gzip != null) {
            gzip.write(bytes.asSlice(from, end - from), context.scratch(), this::send);
        } else if (isForClient) {
            send(bytes.asSlice(from, end - from));
        }
        return end;
    }
}
