package io.evenkeel.inventory.network;

import io.evenkeel.platform.paging.PageInfo;
import java.util.List;

record SubnetResponse(String id, String name, String vpcId, String cidr, String createdAt, String updatedAt) {

    record Answer(SubnetResponse subnet, String requestId) {}

    record ListAnswer(List<SubnetResponse> subnets, PageInfo pageInfo, String requestId) {}
}
