package io.evenkeel.dataplane.http;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.message.MessageBody;
import io.evenkeel.dataplane.http.message.RefusedException;
import io.evenkeel.dataplane.http.message.RequestHead;
import io.evenkeel.dataplane.settings.ListenerSettings;
import io.evenkeel.dataplane.transport.Connection;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response between a client's connection and a member. Reused for the client's next request.
 * What is sent to the member is kept until its first byte comes back, so that it can be sent again.
 */
final class Exchange {

    private final LoopContext context;
    private final ClientConnection client;
    private final InsertedFields.Client clientAddress;
    private final Connection clientSocket;
    private final MemberRoute route;
    private final MessageBody requestBody = new MessageBody();
    private final ResponseRelay response;
    private @Nullable ListenerSettings settings;
    private @Nullable Block kept;
    private @Nullable Tunnel tunnel;
    private boolean isActive;
    private boolean wantsPersistence;
    private boolean answersHead;
    private boolean isIdempotent;
    private boolean awaitsContinue;

    Exchange(LoopContext context, ClientConnection client, InsertedFields.Client clientAddress) {
        this.context = context;
        this.client = client;
        this.clientAddress = clientAddress;
        this.clientSocket = client.connection();
        this.route = new MemberRoute(context, this, clientAddress.key());
        this.response = new ResponseRelay(context, clientSocket);
    }

    boolean isActive() {
        return isActive;
    }

    boolean isRequestDone() {
        return requestBody.isDone();
    }

    /** Takes on a request. The head is read within this call. */
    void begin(RequestHead head, ListenerSettings current) {
        isActive = true;
        settings = current;
        wantsPersistence = head.isPersistent() && !current.keepaliveTimeout().isZero();
        answersHead = head.isHead();
        isIdempotent = head.isIdempotent();
        awaitsContinue = head.expectsContinue();
        requestBody.begin(head.bodyKind(), head.contentLength());
        response.begin(head.isHttp10(), answersHead, head.asksForUpgrade());
        if (!route.pick(current)) {
            fail(ErrorAnswer.NO_HEALTHY_MEMBER);
            return;
        }
        kept = context.blocks().take(head.size() + HeadWriter.MAX_GROWTH);
        HeadWriter.request(head, context.inserted(current), clientAddress, kept);
        route.open();
        awaitProgress();
    }

    /** A connection to the member stands: everything so far goes out. */
    void sendKept(Connection member) {
        if (kept != null) {
            member.write(kept.filled());
        }
    }

    void onConnected(Connection member) {
        route.onConnected();
        sendKept(member);
        member.flush();
        awaitProgress();
        client.proceed();
    }

    void onConnectFailed() {
        if (route.openOther()) {
            awaitProgress();
            flushToMember();
            client.proceed();
        } else {
            fail(ErrorAnswer.CONNECT_FAILED);
        }
    }

    /** The member's server was stopped. */
    void onMemberCut() {
        if (route.isSent()) {
            fail(ErrorAnswer.MEMBER_STOPPED);
        } else {
            onConnectFailed();
        }
    }

    void flushToMember() {
        var member = route.socket();
        if (member != null) {
            member.flush();
        }
    }

    /** Uses bytes that follow the head; returns the index after the last used one. */
    int onClientData(MemorySegment bytes, int from, int to) {
        if (tunnel != null) {
            tunnel.fromClient(bytes, from, to);
            awaitProgress();
            return to;
        }
        int room = requestBody.isDone() ? 0 : room();
        if (room == 0) {
            awaitProgress();
            return from;
        }
        try {
            int end = requestBody.read(bytes, from, to - from < room ? to : from + room);
            sendBody(bytes, from, end);
            awaitProgress();
            return end;
        } catch (RefusedException refused) {
            giveUp(ErrorAnswer.BAD_REQUEST, false);
            return to;
        }
    }

    private int room() {
        var member = route.socket();
        if (member != null) {
            return member.isWritable() ? Integer.MAX_VALUE : 0;
        }
        return kept == null ? 0 : kept.room();
    }

    private void sendBody(MemorySegment bytes, int from, int to) {
        awaitsContinue = false;
        if (kept != null) {
            if (kept.room() >= to - from) {
                kept.append(bytes, from, to);
            } else {
                dropKept();
            }
        }
        var member = route.socket();
        if (member != null) {
            member.write(bytes.asSlice(from, to - from));
        }
    }

    private void dropKept() {
        context.blocks().give(kept);
        kept = null;
    }

    void onMemberData(MemorySegment bytes) {
        if (tunnel != null) {
            tunnel.fromMember(bytes, 0, (int) bytes.byteSize());
            awaitProgress();
            return;
        }
        dropKept();
        try {
            switch (response.read(bytes, wantsPersistence && requestBody.isDone())) {
                case UNFINISHED -> onPartOfResponse();
                case FINISHED -> finish(response.used() == bytes.byteSize());
                case SWITCHED -> switchProtocol(bytes);
            }
        } catch (RefusedException refused) {
            fail(ErrorAnswer.BAD_RESPONSE);
        }
    }

    private void onPartOfResponse() {
        awaitsContinue &= !response.hasInterim();
        clientSocket.flush();
        if (!clientSocket.isWritable()) {
            route.pauseReading();
        }
        awaitProgress();
    }

    private void switchProtocol(MemorySegment bytes) {
        var member = route.socket();
        if (member == null) {
            return;
        }
        tunnel = new Tunnel(clientSocket, member);
        clientSocket.flush();
        tunnel.fromMember(bytes, response.used(), (int) bytes.byteSize());
        awaitProgress();
        client.proceed();
        if (client.hasInputEnded()) {
            onClientEnd();
        }
    }

    private void finish(boolean isClean) {
        route.leave(isClean && requestBody.isDone() && response.isMemberPersistent(), requestBody.isDone());
        end();
        client.onAnswered(response.isClientPersistent());
    }

    private void end() {
        isActive = false;
        tunnel = null;
        dropKept();
        response.end();
    }

    /** It went wrong on the member's side. */
    void fail(ErrorAnswer answer) {
        giveUp(answer, wantsPersistence && requestBody.isDone());
    }

    private void giveUp(ErrorAnswer answer, boolean isPersistent) {
        boolean isSent = route.isSent();
        route.abort();
        end();
        if (response.isStarted()) {
            client.reset();
            return;
        }
        var out = context.scratch();
        answer.write(out, response.connection(isPersistent), isSent, answersHead);
        clientSocket.write(out.filled());
        client.onAnswered(isPersistent);
    }

    void onMemberEnd() {
        if (tunnel != null) {
            tunnel.onMemberEnd();
        } else if (response.endsWithConnection()) {
            finish(false);
        } else {
            onMemberLost();
        }
    }

    void onMemberClosed(boolean isOrderly) {
        if (tunnel != null) {
            leaveTunnel(isOrderly);
        } else if (isOrderly && response.endsWithConnection()) {
            finish(false);
        } else {
            onMemberLost();
        }
    }

    private void leaveTunnel(boolean isOrderly) {
        route.abort();
        end();
        if (isOrderly) {
            clientSocket.close();
        } else {
            client.reset();
        }
    }

    private void onMemberLost() {
        boolean mayRepeat = isIdempotent
                && kept != null
                && !response.hasBytes()
                && settings != null
                && settings.isMemberRetryEnabled();
        if (mayRepeat && route.repeatOnFreshConnection()) {
            awaitProgress();
        } else {
            fail(ErrorAnswer.MEMBER_RESET);
        }
    }

    void onMemberWritable() {
        if (tunnel != null) {
            tunnel.onMemberWritable();
        } else {
            awaitProgress();
            client.proceed();
        }
    }

    void onClientWritable() {
        if (tunnel != null) {
            tunnel.onClientWritable();
        } else if (isActive) {
            route.resumeReading();
            awaitProgress();
        }
    }

    /** The client sends no more; what it asked for is still answered. */
    void onClientEnd() {
        if (tunnel != null) {
            tunnel.onClientEnd();
        } else if (!requestBody.isDone()) {
            giveUp(ErrorAnswer.BAD_REQUEST, false);
        }
    }

    void onClientClosed(boolean isOrderly) {
        if (!isActive) {
            return;
        }
        if (tunnel != null && isOrderly) {
            route.leave(false, true);
        } else {
            route.abort();
        }
        end();
    }

    void onDeadline() {
        if (tunnel != null) {
            route.abort();
            end();
            client.reset();
        } else if (waitsForMember()) {
            fail(ErrorAnswer.MEMBER_TIMEOUT);
        } else {
            giveUp(ErrorAnswer.REQUEST_TIMEOUT, false);
        }
    }

    private boolean waitsForMember() {
        if (response.isStarted()) {
            return clientSocket.isWritable();
        }
        return requestBody.isDone() || awaitsContinue || room() == 0;
    }

    /** Sets the time until which whoever is to act next must have acted. Connecting has a limit of its own. */
    private void awaitProgress() {
        var current = settings;
        if (!isActive || current == null) {
            return;
        }
        if (tunnel != null) {
            client.deadline().set(longest(current));
        } else if (route.socket() == null) {
            client.deadline().clear();
        } else {
            client.deadline().set(waitsForMember() ? current.memberTimeout() : current.clientTimeout());
        }
    }

    private static Duration longest(ListenerSettings settings) {
        var longest = settings.keepaliveTimeout();
        longest = longest.compareTo(settings.clientTimeout()) < 0 ? settings.clientTimeout() : longest;
        return longest.compareTo(settings.memberTimeout()) < 0 ? settings.memberTimeout() : longest;
    }
}
