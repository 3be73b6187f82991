package io.evenkeel.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what only grows is kept. A month goes as a whole, so rows may stay up to a month longer.
 *
 * @param audit of audit records
 * @param events of events
 */
@ConfigurationProperties("evenkeel")
record AuditProperties(
        @DefaultValue Audit audit, @DefaultValue Events events) {

    record Audit(@DefaultValue("400d") Duration keep) {}

    record Events(@DefaultValue("90d") Duration keep) {}
}
