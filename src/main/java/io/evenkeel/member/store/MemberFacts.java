package io.evenkeel.member.store;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.evenkeel.member.store.MemberStore.Row;
import io.evenkeel.platform.write.ResourceWritten;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Tells, within the transaction of a write, which members it wrote. */
@Component
public class MemberFacts {

    private static final String KIND = "member";

    private final ApplicationEventPublisher events;

    MemberFacts(ApplicationEventPublisher events) {
        this.events = events;
    }

    private record Written(
            UUID poolId,
            String address,
            @Nullable String subnetCidrId,
            @JsonUnwrapped MemberSpec spec) {

        static Written of(UUID poolId, Row row) {
            return new Written(poolId, row.address().text(), row.subnetId(), row.spec());
        }
    }

    public void joined(String projectId, UUID poolId, long generation, Collection<Row> members) {
        members.forEach(member -> events.publishEvent(
                ResourceWritten.created(projectId, KIND, member.id(), generation, Written.of(poolId, member))));
    }

    public void changed(String projectId, UUID poolId, long generation, Row before, Row after) {
        if (!before.equals(after)) {
            events.publishEvent(ResourceWritten.updated(
                    projectId, KIND, after.id(), generation, Written.of(poolId, before), Written.of(poolId, after)));
        }
    }

    public void left(String projectId, UUID poolId, long generation, Collection<Row> members) {
        members.forEach(member -> events.publishEvent(
                ResourceWritten.deleted(projectId, KIND, member.id(), generation, Written.of(poolId, member))));
    }
}
