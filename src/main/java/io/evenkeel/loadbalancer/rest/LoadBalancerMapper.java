package io.evenkeel.loadbalancer.rest;

import io.evenkeel.loadbalancer.logtank.LogStream;
import io.evenkeel.loadbalancer.rest.LoadBalancerAnswers.Row;
import io.evenkeel.loadbalancer.rest.LoadBalancerResponse.Bandwidth;
import io.evenkeel.loadbalancer.rest.LoadBalancerResponse.Eip;
import io.evenkeel.loadbalancer.rest.LoadBalancerResponse.PublicIpInfo;
import io.evenkeel.loadbalancer.rest.LoadBalancerResponse.Ref;
import io.evenkeel.loadbalancer.rest.LoadBalancerSpec.PublicIp;
import io.evenkeel.platform.OutMapping;
import io.evenkeel.status.ObservedStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;

@Mapper(config = OutMapping.class)
interface LoadBalancerMapper {

    @Mapping(target = ".", source = "row.spec")
    @Mapping(target = "id", source = "row.id")
    @Mapping(target = "projectId", source = "row.projectId")
    @Mapping(target = "createdAt", source = "row.createdAt")
    @Mapping(target = "updatedAt", source = "row.updatedAt")
    @Mapping(target = "provider", constant = "vlb")
    @Mapping(target = "provisioningStatus", constant = "ACTIVE")
    @Mapping(target = "operatingStatus", constant = "ONLINE")
    @Mapping(target = "guaranteed", constant = "true")
    @Mapping(target = "vipSubnetCidrId", source = "row.spec.vip.subnetId")
    @Mapping(target = "vipAddress", source = "row.spec.vip.address")
    @Mapping(target = "vipPortId", source = "row.spec.vip.portId")
    @Mapping(target = "ipv6VipVirsubnetId", source = "row.spec.ipv6Vip.subnetId")
    @Mapping(target = "ipv6VipAddress", source = "row.spec.ipv6Vip.address")
    @Mapping(target = "ipv6VipPortId", source = "row.spec.ipv6Vip.portId")
    @Mapping(target = "availabilityZoneList", source = "row.spec.availabilityZones")
    @Mapping(target = "l4ScaleFlavorId", ignore = true)
    @Mapping(target = "l7ScaleFlavorId", ignore = true)
    @Mapping(target = "eips", source = "row.spec.publicIps")
    @Mapping(target = "publicips", source = "row.spec.publicIps")
    @Mapping(target = "globalEips", expression = "java(java.util.List.of())")
    @Mapping(target = "elbVirsubnetIds", source = "row.spec.backendSubnetIds")
    @Mapping(target = "elbVirsubnetType", expression = "java(row.spec().isDualStack() ? \"dualstack\" : \"ipv4\")")
    @Mapping(target = "frozenScene", ignore = true)
    @Mapping(target = "publicBorderGroup", constant = "center")
    @Mapping(target = "protectionStatus", source = "row.spec.protection.status")
    @Mapping(target = "protectionReason", source = "row.spec.protection.reason")
    @Mapping(target = "ipv6Bandwidth", source = "row.spec.ipv6BandwidthId")
    @Mapping(target = "logGroupId", source = "log.groupId")
    @Mapping(target = "logTopicId", source = "log.topicId")
    LoadBalancerResponse toResponse(
            Row row, List<Ref> listeners, List<Ref> pools, @Nullable LogStream log, ObservedStatus evenkeel);

    @Mapping(target = "eipId", source = "id")
    @Mapping(target = "eipAddress", ignore = true)
    Eip toEip(PublicIp publicIp);

    @Mapping(target = "publicipId", source = "id")
    @Mapping(target = "publicipAddress", ignore = true)
    PublicIpInfo toInfo(PublicIp publicIp);

    default @Nullable Bandwidth toBandwidth(@Nullable String id) {
        return id == null ? null : new Bandwidth(id);
    }
}
