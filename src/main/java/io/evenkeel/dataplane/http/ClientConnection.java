package io.evenkeel.dataplane.http;

import io.evenkeel.dataplane.access.Permit;
import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.memory.BlockPool;
import io.evenkeel.dataplane.http.memory.NoBlockException;
import io.evenkeel.dataplane.http.message.RefusedException;
import io.evenkeel.dataplane.http.message.RequestHead;
import io.evenkeel.dataplane.http.rewrite.ConnectionField;
import io.evenkeel.dataplane.http.rewrite.ErrorAnswer;
import io.evenkeel.dataplane.http.rewrite.InsertedFields;
import io.evenkeel.dataplane.settings.ListenerSettings;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.traffic.TrafficCell;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection: reads one request after the other and hands each to the {@link Exchange}. What comes before it
 * can be used waits in one block while reading is paused.
 */
final class ClientConnection implements ConnectionHandler, BlockPool.Holder {

    private final LoopContext context;
    private final Connection connection;
    private final Supplier<ListenerSettings> currentSettings;
    private final TrafficCell traffic;
    private final Deadline deadline;
    private final Exchange exchange;
    private final Permit permit;
    private final boolean isCounted;
    private ListenerSettings settings;
    private @Nullable RequestHead head;
    private @Nullable Block waiting;
    private boolean isHolding;
    private boolean isConsuming;
    private boolean hasInputEnded;
    private boolean isClosing;

    /** @param isCounted whether it counts as a connection */
    ClientConnection(
            LoopContext context, Connection connection, Supplier<ListenerSettings> currentSettings, boolean isCounted) {
        this.context = context;
        this.connection = connection;
        this.currentSettings = currentSettings;
        this.settings = currentSettings.get();
        this.traffic = settings.traffic().own(context.index());
        this.deadline = new Deadline(context.loop(), this::onDeadline);
        this.exchange =
                new Exchange(context, this, new InsertedFields.Client(connection.remoteAddress(), connection.tls()));
        this.permit = new Permit(connection.remoteAddress().getAddress());
        this.isCounted = isCounted;
        if (isCounted) {
            traffic.count(Count.ACCEPTED);
            traffic.count(Count.OPEN);
        }
        awaitRequest();
    }

    Connection connection() {
        return connection;
    }

    Deadline deadline() {
        return deadline;
    }

    boolean hasInputEnded() {
        return hasInputEnded;
    }

    private void awaitRequest() {
        var idle = settings.keepaliveTimeout();
        deadline.set(idle.isZero() ? settings.clientTimeout() : idle);
    }

    @Override
    public void onData(Connection from, MemorySegment bytes) {
        if (exchange.isTunnel() && !permit.holds(settings.gate())) {
            refuse();
        }
        if (isClosing) {
            return;
        }
        int size = (int) bytes.byteSize();
        int used = waiting == null ? consume(bytes, size) : 0;
        if (used < size && !isClosing) {
            keepWaiting(bytes, used, size);
        }
    }

    private void keepWaiting(MemorySegment bytes, int from, int to) {
        // Else it could be asked to give back the very block that is being made larger.
        stopHolding();
        try {
            if (waiting == null) {
                waiting = context.blocks().take(to - from);
            } else if (waiting.room() < to - from) {
                waiting = context.blocks().grow(waiting, waiting.size() + to - from);
            }
        } catch (NoBlockException full) {
            reset();
            return;
        }
        waiting.append(bytes, from, to);
        connection.pauseReading();
    }

    /** Uses as much as can be used now; returns how much. */
    private int consume(MemorySegment bytes, int size) {
        isConsuming = true;
        int at = 0;
        int before = -1;
        while (at < size && at != before && !isClosing) {
            before = at;
            at = exchange.isActive() ? exchange.onClientData(bytes, at, size) : readHead(bytes, at, size);
        }
        isConsuming = false;
        exchange.flushToMember();
        return at;
    }

    private int readHead(MemorySegment bytes, int from, int to) {
        if (!connection.isWritable()) {
            return from;
        }
        if (head == null) {
            head = context.takeRequestHead();
            deadline.set(settings.clientTimeout());
        }
        var reading = head;
        try {
            stopHolding();
            int end = reading.read(bytes, from, to);
            if (reading.isComplete()) {
                head = null;
                settings = currentSettings.get();
                if (permit.holds(settings.gate())) {
                    exchange.begin(reading, settings);
                } else {
                    refuse();
                }
                context.give(reading);
            } else {
                isHolding = true;
                context.blocks().hold(this);
            }
            return end;
        } catch (RefusedException refused) {
            context.give(head);
            head = null;
            answerAndClose(ErrorAnswer.ofRefusal(refused.status()));
            return to;
        }
    }

    private void stopHolding() {
        if (isHolding) {
            isHolding = false;
            context.blocks().release(this);
        }
    }

    /** Others need the memory that a head takes whose rest does not come. */
    @Override
    public void giveUp() {
        isHolding = false;
        reset();
    }

    private void answerAndClose(ErrorAnswer answer) {
        countOwn(answer.status());
        var out = context.scratch();
        answer.write(out, ConnectionField.CLOSE, false, false);
        connection.write(out.filled());
        ExchangeLog.refused(connection, settings, answer, out.size());
        end();
    }

    void countOwn(int status) {
        traffic.count(Count.ofStatus(status));
    }

    /** Goes on with what waits, when something that held it up may be over. */
    void proceed() {
        if (isConsuming || isClosing) {
            return;
        }
        var block = waiting;
        if (block != null) {
            waiting = null;
            int used = consume(block.segment(), block.size());
            if (used < block.size() && !isClosing) {
                block.dropFirst(used);
                waiting = block;
                return;
            }
            context.blocks().give(block);
            connection.resumeReading();
        }
        if (hasInputEnded && !exchange.isActive() && !isClosing) {
            end();
        }
    }

    /** The response is written. */
    void onAnswered(boolean isPersistent) {
        if (!isPersistent) {
            end();
            return;
        }
        connection.flush();
        awaitRequest();
        proceed();
    }

    /**
     * Closes after what was written. Where the client may be sending still, it is heard out, because an RST could
     * overtake the answer (RFC 9112 §9.6).
     */
    private void end() {
        boolean isHeardOut =
                hasInputEnded || (waiting == null && head == null && !isConsuming && exchange.isRequestDone());
        isClosing = true;
        dropInput();
        if (isHeardOut) {
            connection.close();
        } else {
            connection.shutdownOutput();
            connection.resumeReading();
        }
        deadline.set(settings.clientTimeout());
    }

    /** Its client was let in, and may no longer come. */
    private void refuse() {
        traffic.count(Count.REFUSED_IP_GROUP);
        if (!exchange.isActive()) {
            ExchangeLog.refused(connection, settings);
        }
        reset();
    }

    void reset() {
        isClosing = true;
        dropInput();
        connection.reset();
    }

    private void dropInput() {
        stopHolding();
        context.blocks().give(waiting);
        waiting = null;
        context.give(head);
        head = null;
    }

    private void onDeadline() {
        if (isClosing) {
            connection.reset();
        } else if (exchange.isActive()) {
            exchange.onDeadline();
        } else if (head != null) {
            answerAndClose(ErrorAnswer.REQUEST_TIMEOUT);
        } else {
            isClosing = true;
            connection.close();
            deadline.set(settings.clientTimeout());
        }
    }

    @Override
    public void onEndOfInput(Connection from) {
        hasInputEnded = true;
        if (isClosing) {
            connection.close();
        } else if (exchange.isActive()) {
            exchange.onClientEnd();
        } else {
            end();
        }
    }

    @Override
    public void onWritable(Connection to) {
        exchange.onClientWritable();
        proceed();
    }

    @Override
    public void onClosed(Connection closed, @Nullable IOException cause) {
        isClosing = true;
        if (isCounted) {
            traffic.add(Count.OPEN, -1);
        }
        dropInput();
        deadline.cancel();
        exchange.onClientClosed(cause == null);
    }
}
