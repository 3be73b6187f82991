package io.evenkeel.agentsync.vip;

import io.evenkeel.dataplane.Worker;
import io.evenkeel.dataplane.vip.VipHealth;
import io.evenkeel.platform.IpAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is answered about VIPs. Asks the worker that is shown, and nothing and nobody else. */
@Component
public class Vips {

    private volatile @Nullable Worker worker;
    private volatile boolean isLeaving;

    /** This worker, until {@link #hide}. */
    public void show(Worker shown) {
        isLeaving = false;
        worker = shown;
    }

    /** The worker serves on for a while and is to be left: no VIP is its own from here on. */
    public void leave() {
        isLeaving = true;
    }

    public void hide() {
        worker = null;
    }

    /** About the address that the text spells. */
    VipAnswer answer(String text) {
        var address = IpAddress.parse(text);
        if (address.isEmpty()) {
            return VipAnswer.unknown(text, "It is not an IP address.");
        }
        var shown = worker;
        if (shown == null) {
            return VipAnswer.not(text, "NO_WORKER", "No worker runs in this process, or not yet, or no more.");
        }
        return shown.vip(address.get().value())
                .map(health -> answer(text, health))
                .orElseGet(() -> VipAnswer.unknown(text, "This worker holds no load balancer with the address."));
    }

    private VipAnswer answer(String address, VipHealth health) {
        if (isLeaving) {
            return VipAnswer.not(address, "LEAVING", "The worker is about to end.")
                    .of(health.loadBalancerId());
        }
        return health.trouble()
                .map(trouble -> VipAnswer.not(address, trouble.why().name(), trouble.message()))
                .orElseGet(() -> VipAnswer.serving(address))
                .of(health.loadBalancerId());
    }
}
