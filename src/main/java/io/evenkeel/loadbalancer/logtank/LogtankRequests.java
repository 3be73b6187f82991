package io.evenkeel.loadbalancer.logtank;

import io.evenkeel.platform.json.Change;
import io.evenkeel.platform.web.Patterns;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;

/** What clients may say of logtanks. */
final class LogtankRequests {

    private static final String LENGTH_RULE = "must be 1..64 characters long";

    private LogtankRequests() {}

    record CreateLogtank(
            @NotNull @Pattern(regexp = Patterns.UUID, message = Patterns.UUID_RULE)
            String loadbalancerId,

            @NotNull
            @Size(min = 1, max = 64, message = LENGTH_RULE)
            @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
            String logGroupId,

            @NotNull
            @Size(min = 1, max = 64, message = LENGTH_RULE)
            @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
            String logTopicId) {

        Logtank toLogtank(UUID id, String projectId) {
            return new Logtank(id, projectId, UUID.fromString(loadbalancerId), logGroupId, logTopicId);
        }
    }

    record UpdateLogtank(
            Change<
                            @Size(min = 1, max = 64, message = LENGTH_RULE)
                            @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>
                    logGroupId,
            Change<
                            @Size(min = 1, max = 64, message = LENGTH_RULE)
                            @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>
                    logTopicId) {

        Logtank applyTo(Logtank now) {
            return new Logtank(
                    now.id(),
                    now.projectId(),
                    now.loadbalancerId(),
                    logGroupId.orRefuse(now.logGroupId(), "logtank.log_group_id"),
                    logTopicId.orRefuse(now.logTopicId(), "logtank.log_topic_id"));
        }
    }
}
