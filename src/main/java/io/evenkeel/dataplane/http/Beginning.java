package io.evenkeel.dataplane.http;

import io.evenkeel.dataplane.http.memory.NoBlockException;
import io.evenkeel.dataplane.http.message.RequestHead;
import io.evenkeel.dataplane.http.rewrite.ErrorAnswer;
import io.evenkeel.dataplane.http.rewrite.InsertedFields;
import io.evenkeel.dataplane.http.routing.action.Decision;
import io.evenkeel.dataplane.http.sticky.BothAdded;
import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.dataplane.settings.ListenerSettings;
import io.evenkeel.dataplane.traffic.Count;
import org.jspecify.annotations.Nullable;

/** From what policies decide of a request to its member: at once, when it is its turn, or not at all. */
final class Beginning {

    private final LoopContext context;
    private final Exchange exchange;
    private final InsertedFields.Client client;
    private final MemberRoute route;
    private final RequestRelay request;
    private final ResponseRelay response;
    private final Turn turn;

    Beginning(
            LoopContext context,
            Exchange exchange,
            InsertedFields.Client client,
            MemberRoute route,
            RequestRelay request,
            ResponseRelay response) {
        this.context = context;
        this.exchange = exchange;
        this.client = client;
        this.route = route;
        this.request = request;
        this.response = response;
        this.turn = new Turn(context.loop());
    }

    /** The head is read within this call. */
    void follow(Decision decision, RequestHead head, ListenerSettings settings) {
        if (decision.isOverLimit()) {
            exchange.refuse(ErrorAnswer.OVER_LIMIT);
        } else if (decision.isAnswered()) {
            exchange.answer(decision);
        } else {
            route.recognize(decision, head);
            response.add(BothAdded.of(decision.told(), route.sessionTold()));
            goOn(decision, head, settings);
        }
    }

    private void goOn(Decision decision, RequestHead head, ListenerSettings settings) {
        var pool = decision.pool();
        int size = head.size();
        if (decision.delayNanos() == 0) {
            if (pick(settings, pool, size) && keepHead(decision, head, settings)) {
                route.open();
                exchange.awaitProgress();
            }
        } else if (keepHead(decision, head, settings)) {
            turn.await(decision.delayNanos(), () -> onTurn(settings, pool, size));
        }
    }

    private boolean pick(ListenerSettings settings, @Nullable MemberPool pool, int headSize) {
        if (!route.pick(settings, pool)) {
            exchange.fail(ErrorAnswer.NO_HEALTHY_MEMBER);
            return false;
        }
        route.count(Count.BYTES_IN, headSize);
        return true;
    }

    private boolean keepHead(Decision decision, RequestHead head, ListenerSettings settings) {
        response.change(decision.responseEdits());
        try {
            request.keepHead(head, context.inserted(settings), client, decision.edits());
            return true;
        } catch (NoBlockException full) {
            exchange.onOwnTrouble();
            return false;
        }
    }

    private void onTurn(ListenerSettings settings, @Nullable MemberPool pool, int headSize) {
        if (pick(settings, pool, headSize)) {
            route.open();
            exchange.proceed();
        }
    }

    /** What waits for its turn is over. */
    void cancel() {
        turn.cancel();
    }
}
