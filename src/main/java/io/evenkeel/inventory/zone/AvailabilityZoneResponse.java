package io.evenkeel.inventory.zone;

import io.evenkeel.platform.paging.PageInfo;
import java.util.List;

record AvailabilityZoneResponse(String code, String createdAt) {

    record Answer(AvailabilityZoneResponse availabilityZone, String requestId) {}

    record ListAnswer(List<AvailabilityZoneResponse> availabilityZones, PageInfo pageInfo, String requestId) {}
}
