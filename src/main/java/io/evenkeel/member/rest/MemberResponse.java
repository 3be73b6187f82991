package io.evenkeel.member.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.evenkeel.platform.paging.PageInfo;
import io.evenkeel.status.MemberStatus.FailedCheck;
import io.evenkeel.status.MemberStatus.ListenerStatus;
import io.evenkeel.status.ObservedStatus;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A member on the wire (wire contract, resources.md §4).
 *
 * @param adminStateUp whether its server exists
 * @param instanceId the server's id, empty for an IP member
 */
record MemberResponse(
        UUID id,
        String name,
        String projectId,
        boolean adminStateUp,
        @Nullable String subnetCidrId,
        int protocolPort,
        int weight,
        String address,
        String ipVersion,
        String operatingStatus,
        List<ListenerStatus> status,
        @Nullable FailedCheck reason,
        String createdAt,
        String updatedAt,
        String memberType,
        String instanceId,
        String availabilityZone,
        ObservedStatus evenkeel) {

    record Answer(MemberResponse member, String requestId) {}

    record ListAnswer(List<MemberResponse> members, PageInfo pageInfo, String requestId) {}

    /** A member of any pool of the project. */
    record Info(
            @JsonUnwrapped MemberResponse member,
            UUID poolId,
            String deviceOwner,
            String deviceId,
            @Nullable String loadbalancerId,
            List<Ref> loadbalancers) {}

    record Ref(String id) {}

    record AllAnswer(List<Info> members, PageInfo pageInfo, String requestId) {}

    /** An item of batch-add: {@code ret_status} is successful or existed. */
    record Added(
            @JsonUnwrapped MemberResponse member, @Nullable String portId, String retStatus) {}

    record AddedAnswer(List<Added> members, String requestId) {}

    record Updated(
            @JsonUnwrapped MemberResponse member, @Nullable String portId) {}

    record UpdatedAnswer(List<Updated> members, String requestId) {}

    /** An item of batch-delete: {@code ret_status} is successful or `not found`. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Deleted(
            @Nullable String id,
            @Nullable String address,
            @Nullable Integer protocolPort,
            String retStatus) {}

    record DeletedAnswer(List<Deleted> members, String requestId) {}
}
