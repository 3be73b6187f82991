package io.evenkeel.agentsync;

import io.evenkeel.loadbalancer.LoadBalancerChanged;
import io.evenkeel.pool.PoolChanged;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** Turns committed changes into hints, here and for other nodes. */
@Component
class ChangeListener {

    private final Hints hints;
    private final NotifyChannel channel;

    ChangeListener(Hints hints, NotifyChannel channel) {
        this.hints = hints;
        this.channel = channel;
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void on(LoadBalancerChanged change) {
        hint();
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void on(PoolChanged change) {
        hint();
    }

    private void hint() {
        hints.hint();
        channel.announce();
    }
}
