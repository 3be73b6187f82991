package io.evenkeel.inventory.server;

import io.evenkeel.platform.paging.PageInfo;
import java.util.List;

record ServerResponse(
        String id,
        String name,
        String vpcId,
        String availabilityZone,
        Os os,
        String status,
        List<Address> addresses,
        String createdAt,
        String updatedAt) {

    record Os(String type, String distribution, String version) {}

    record Address(String subnetId, String address) {}

    record Answer(ServerResponse server, String requestId) {}

    record BatchAnswer(List<ServerResponse> servers, String requestId) {}

    record ListAnswer(List<ServerResponse> servers, PageInfo pageInfo, String requestId) {}
}
