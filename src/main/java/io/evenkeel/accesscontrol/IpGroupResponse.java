package io.evenkeel.accesscontrol;

import java.util.List;
import java.util.UUID;

/** An IP group as answered (wire contract, resources.md §9). */
record IpGroupResponse(
        UUID id,
        String name,
        String description,
        List<IpInfo> ipList,
        List<ListenerRef> listeners,
        String projectId,
        String enterpriseProjectId,
        String createdAt,
        String updatedAt) {

    record IpInfo(String ip, String description) {}

    record ListenerRef(UUID id) {}
}
