package io.evenkeel.status.traffic;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks after the tables of traffic at the start and every five minutes. */
@Component
class TrafficKeeper {

    private static final Logger log = LoggerFactory.getLogger(TrafficKeeper.class);

    private final TrafficKeepingService service;

    TrafficKeeper(TrafficKeepingService service) {
        this.service = service;
    }

    /** Whatever fails now may work in five minutes; until then the default partition takes the rows. */
    @Scheduled(fixedDelayString = "PT5M")
    void keep() {
        try {
            service.make();
            while (service.condenseOne()) {
                log.atDebug().log("Looks for another hour to condense");
            }
            service.condenseLateAndDrop();
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("The rows of traffic were not looked after");
        }
    }
}
