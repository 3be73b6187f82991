package io.evenkeel.dataplane.http;

import io.evenkeel.dataplane.http.gzip.GzipRules;
import io.evenkeel.dataplane.http.message.RefusedException;
import io.evenkeel.dataplane.http.message.RequestHead;
import io.evenkeel.dataplane.http.rewrite.ErrorAnswer;
import io.evenkeel.dataplane.http.rewrite.HeadWriter;
import io.evenkeel.dataplane.http.rewrite.InsertedFields;
import io.evenkeel.dataplane.http.routing.action.Decision;
import io.evenkeel.dataplane.settings.ListenerSettings;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.transport.Connection;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response between a client's connection and a member: who acts next, until when, and what becomes
 * of it when something fails. Reused for the client's next request.
 */
final class Exchange {

    /** What a client brings of a body, on average over each client timeout. */
    private static final int MIN_BYTES_PER_SECOND = 16;

    private final LoopContext context;
    private final ClientConnection client;
    private final InsertedFields.Client clientAddress;
    private final Connection clientSocket;
    private final MemberRoute route;
    private final RequestRelay request;
    private final ResponseRelay response;
    private final ExchangeLog log;
    private final Beginning beginning;
    private final boolean isHttp2;
    private @Nullable ListenerSettings settings;
    private @Nullable Tunnel tunnel;
    private long startedNanos;
    private long broughtBytes;
    private boolean isActive;
    private boolean wantsPersistence;
    private boolean answersHead;
    private boolean isGrpc;

    Exchange(LoopContext context, ClientConnection client, InsertedFields.Client clientAddress) {
        this.context = context;
        this.client = client;
        this.clientAddress = clientAddress;
        this.clientSocket = client.connection();
        this.route = new MemberRoute(context, this, clientAddress);
        this.request = new RequestRelay(context, route);
        this.response = new ResponseRelay(context, clientSocket);
        this.log = new ExchangeLog(clientSocket);
        this.beginning = new Beginning(context, this, clientAddress, route, request, response);
        var tls = clientSocket.tls();
        this.isHttp2 = tls != null && "h2".equals(tls.applicationProtocol());
    }

    boolean isActive() {
        return isActive;
    }

    /** Whether bytes go both ways as they come, after a 101. */
    boolean isTunnel() {
        return tunnel != null;
    }

    boolean isRequestDone() {
        return request.isDone();
    }

    /** Takes on a request. The head is read within this call. */
    void begin(RequestHead head, ListenerSettings current) {
        isActive = true;
        startedNanos = context.loop().nanoTime();
        broughtBytes = 0;
        settings = current;
        wantsPersistence = head.isPersistent() && !current.keepaliveTimeout().isZero();
        answersHead = head.isHead();
        isGrpc = isHttp2 && head.isGrpc();
        log.begin(head, current);
        route.begin();
        request.begin(head);
        response.begin(head.isHttp10(), answersHead, head.asksForUpgrade());
        if (current.compresses()) {
            response.mayGzip(GzipRules.isAccepted(head));
        }
        try {
            beginning.follow(context.decide(head, current, clientAddress), head, current);
        } catch (RefusedException refused) {
            giveUp(ErrorAnswer.ofRefusal(refused.status()), false);
        }
    }

    /** A policy answers. */
    void answer(Decision decision) {
        boolean isPersistent = wantsPersistence && request.isDone();
        end();
        client.countOwn(decision.status());
        var out = context.scratch();
        HeadWriter.answer(decision, response.connection(isPersistent), answersHead, out);
        log.end(decision.status(), out.size(), "policy");
        clientSocket.write(out.filled());
        client.onAnswered(isPersistent);
    }

    ExchangeLog log() {
        return log;
    }

    /** A connection to the member stands: everything so far goes out. */
    void sendKept(Connection member) {
        request.sendKept(member);
    }

    void onConnected(Connection member) {
        route.onConnected();
        log.connected();
        sendKept(member);
        member.flush();
        awaitProgress();
        client.proceed();
    }

    void onConnectFailed() {
        route.count(Count.CONNECT_FAILURES, 1);
        if (route.openOther()) {
            proceed();
        } else {
            fail(route.isRetryDenied() ? ErrorAnswer.RETRY_DENIED : ErrorAnswer.CONNECT_FAILED);
        }
    }

    /** A way to a member was opened: what is there goes on. */
    void proceed() {
        awaitProgress();
        flushToMember();
        client.proceed();
    }

    /** Neither the member nor another one was asked. */
    void onOwnTrouble() {
        refuse(ErrorAnswer.OVERLOADED);
    }

    /** Nobody is asked, and nobody is to blame. */
    void refuse(ErrorAnswer answer) {
        giveUp(answer, wantsPersistence && request.isDone());
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
            countIn(to - from);
            tunnel.fromClient(bytes, from, to);
            awaitProgress();
            return to;
        }
        try {
            boolean wasMembersTurn = waitsForMember();
            int end = request.relay(bytes, from, to);
            countIn(end - from);
            broughtBytes += end - from;
            if (wasMembersTurn || waitsForMember() || isFastEnough()) {
                broughtBytes = 0;
                awaitProgress();
            }
            return end;
        } catch (RefusedException refused) {
            giveUp(ErrorAnswer.BAD_REQUEST, false);
            return to;
        }
    }

    private void countIn(long bytes) {
        route.count(Count.BYTES_IN, bytes);
        log.received(bytes);
    }

    /** So that bytes one by one do not hold a member for ever: they have to come at some rate within the timeout. */
    private boolean isFastEnough() {
        var current = settings;
        return current != null && broughtBytes * 1000 >= current.clientTimeout().toMillis() * MIN_BYTES_PER_SECOND;
    }

    void onMemberData(MemorySegment bytes) {
        route.count(Count.BYTES_OUT, bytes.byteSize());
        if (tunnel != null) {
            tunnel.fromMember(bytes, 0, (int) bytes.byteSize());
            response.countSent(bytes.byteSize());
            awaitProgress();
            return;
        }
        request.dropKept();
        boolean wasStarted = response.isStarted();
        try {
            var progress = response.read(bytes, wantsPersistence && request.isDone());
            if (!wasStarted && response.isStarted()) {
                log.answered(response.status());
            }
            switch (progress) {
                case UNFINISHED -> {
                    onPartOfResponse();
                    if (!wasStarted) {
                        allowSplice();
                    }
                }
                case FINISHED -> finish(response.used() == bytes.byteSize());
                case SWITCHED -> switchProtocol(bytes);
            }
        } catch (RefusedException refused) {
            fail(ErrorAnswer.BAD_RESPONSE);
        }
    }

    private void allowSplice() {
        var member = route.socket();
        long bytes = response.bytesToSplice();
        if (member != null && bytes > 0) {
            member.allowSplice(clientSocket, bytes);
        }
    }

    /** So much of the response went from the member to the client unseen. */
    void onMemberSpliced(long count) {
        route.count(Count.BYTES_OUT, count);
        response.spliced(count);
        awaitProgress();
    }

    private void onPartOfResponse() {
        if (response.hasInterim()) {
            request.onInterimResponse();
        }
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
        route.count(Count.ofStatus(response.status()), 1);
        tunnel = new Tunnel(clientSocket, member);
        clientSocket.flush();
        tunnel.fromMember(bytes, response.used(), (int) bytes.byteSize());
        response.countSent(bytes.byteSize() - response.used());
        awaitProgress();
        client.proceed();
        if (client.hasInputEnded()) {
            onClientEnd();
        }
    }

    private void finish(boolean isClean) {
        response.complete();
        route.count(Count.ofStatus(response.status()), 1);
        route.time(context.loop().nanoTime() - startedNanos);
        route.leave(isClean && request.isDone() && response.isMemberPersistent(), request.isDone());
        log.end(response.status(), response.sent(), null);
        end();
        client.onAnswered(response.isClientPersistent());
    }

    private void end() {
        isActive = false;
        tunnel = null;
        beginning.cancel();
        request.dropKept();
        response.end();
    }

    /** It went wrong on the member's side. */
    void fail(ErrorAnswer answer) {
        route.count(Count.FAILURES, 1);
        giveUp(answer, wantsPersistence && request.isDone());
    }

    private void giveUp(ErrorAnswer answer, boolean isPersistent) {
        boolean isSent = route.isSent();
        route.abort();
        end();
        if (response.isStarted()) {
            log.end(response.status(), response.sent(), ExchangeLog.reasonOf(answer));
            client.reset();
            return;
        }
        client.countOwn(answer.status());
        var out = context.scratch();
        if (isGrpc) {
            answer.writeToGrpc(out, response.connection(isPersistent), isSent);
        } else {
            answer.write(out, response.connection(isPersistent), isSent, answersHead);
        }
        clientSocket.write(out.filled());
        int status = isGrpc ? answer.statusToGrpc() : answer.status();
        log.end(status, response.sent() + out.size(), ExchangeLog.reasonOf(answer));
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

    /** @param cause null when the connection ended as it should */
    void onMemberClosed(@Nullable IOException cause) {
        boolean isOrderly = cause == null;
        if (tunnel != null) {
            leaveTunnel(isOrderly);
        } else if (isOrderly && response.endsWithConnection()) {
            finish(false);
        } else if (cause instanceof NotTakenException && request.isKept() && route.reconnect()) {
            awaitProgress();
        } else {
            onMemberLost();
        }
    }

    private void leaveTunnel(boolean isOrderly) {
        route.abort();
        log.end(response.status(), response.sent(), isOrderly ? null : "member-reset");
        end();
        if (isOrderly) {
            clientSocket.close();
        } else {
            client.reset();
        }
    }

    private void onMemberLost() {
        boolean mayRepeat =
                request.isRepeatable() && !response.hasBytes() && settings != null && settings.isMemberRetryEnabled();
        if (mayRepeat && route.repeat()) {
            proceed();
        } else {
            fail(route.isRetryDenied() ? ErrorAnswer.RETRY_DENIED : ErrorAnswer.MEMBER_RESET);
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
        } else if (!request.isDone()) {
            giveUp(ErrorAnswer.BAD_REQUEST, false);
        }
    }

    void onClientClosed(boolean isOrderly) {
        if (!isActive) {
            return;
        }
        boolean isDone = tunnel != null && isOrderly;
        if (isDone) {
            route.leave(false, true);
        } else {
            route.abort();
        }
        log.end(response.isStarted() ? response.status() : 0, response.sent(), isDone ? null : "client-closed");
        end();
    }

    void onDeadline() {
        if (tunnel != null) {
            route.abort();
            log.end(response.status(), response.sent(), "idle-timeout");
            end();
            client.reset();
        } else if (waitsForMember()) {
            fail(ErrorAnswer.MEMBER_TIMEOUT);
        } else {
            giveUp(ErrorAnswer.REQUEST_TIMEOUT, false);
        }
    }

    private boolean waitsForMember() {
        return response.isStarted() ? clientSocket.isWritable() : request.isMembersTurn();
    }

    /** Sets the time until which whoever is to act next must have acted. Connecting has a limit of its own. */
    void awaitProgress() {
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
