package io.evenkeel.inventory.network;

import io.evenkeel.platform.paging.PageInfo;
import java.util.List;

record VpcResponse(String id, String name, String cidr, String createdAt, String updatedAt) {

    record Answer(VpcResponse vpc, String requestId) {}

    record ListAnswer(List<VpcResponse> vpcs, PageInfo pageInfo, String requestId) {}
}
