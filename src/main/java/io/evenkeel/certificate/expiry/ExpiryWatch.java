package io.evenkeel.certificate.expiry;

import io.evenkeel.certificate.expiry.ExpiryService.Outlook;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Looks every ten minutes. Metrics: {@code evenkeel.certificate.expiry} is the time until the next certificate of the
 * installation runs out (NaN when none will), {@code evenkeel.certificate.expiring} counts those that do within
 * {@code days} of 30, 7 and 1, and {@code evenkeel.certificate.expired} those that have.
 */
@Component
class ExpiryWatch {

    private static final Logger log = LoggerFactory.getLogger(ExpiryWatch.class);

    private final ExpiryService service;
    private volatile Outlook outlook = new Outlook(null, 0, Map.of());

    ExpiryWatch(ExpiryService service, MeterRegistry metrics) {
        this.service = service;
        TimeGauge.builder("evenkeel.certificate.expiry", this, TimeUnit.SECONDS, ExpiryWatch::secondsToNext)
                .description("Time until the next certificate runs out")
                .register(metrics);
        Gauge.builder("evenkeel.certificate.expired", this, watch -> watch.outlook.expired())
                .description("Certificates that have run out")
                .register(metrics);
        for (int days : ExpiryService.NOTICES) {
            Gauge.builder("evenkeel.certificate.expiring", this, watch -> watch.within(days))
                    .description("Certificates that run out within so many days")
                    .tag("days", Integer.toString(days))
                    .register(metrics);
        }
    }

    private double secondsToNext() {
        return Objects.requireNonNullElse(outlook.secondsToNext(), Double.NaN);
    }

    private double within(int days) {
        return outlook.within().getOrDefault(days, 0L);
    }

    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT30S")
    void look() {
        outlook = service.outlook();
        int told = service.tell();
        if (told > 0) {
            log.atWarn().addKeyValue("certificates", told).log("Certificates run out soon");
        }
    }
}
