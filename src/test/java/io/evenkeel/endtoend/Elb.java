package io.evenkeel.endtoend;

import com.huaweicloud.sdk.elb.v3.ElbClient;
import com.huaweicloud.sdk.elb.v3.model.CreateHealthMonitorOption;
import com.huaweicloud.sdk.elb.v3.model.CreateHealthMonitorRequest;
import com.huaweicloud.sdk.elb.v3.model.CreateHealthMonitorRequestBody;
import com.huaweicloud.sdk.elb.v3.model.CreateListenerOption;
import com.huaweicloud.sdk.elb.v3.model.CreateListenerRequest;
import com.huaweicloud.sdk.elb.v3.model.CreateListenerRequestBody;
import com.huaweicloud.sdk.elb.v3.model.CreateLoadBalancerOption;
import com.huaweicloud.sdk.elb.v3.model.CreateLoadBalancerRequest;
import com.huaweicloud.sdk.elb.v3.model.CreateLoadBalancerRequestBody;
import com.huaweicloud.sdk.elb.v3.model.CreateMemberOption;
import com.huaweicloud.sdk.elb.v3.model.CreateMemberRequest;
import com.huaweicloud.sdk.elb.v3.model.CreateMemberRequestBody;
import com.huaweicloud.sdk.elb.v3.model.CreatePoolOption;
import com.huaweicloud.sdk.elb.v3.model.CreatePoolRequest;
import com.huaweicloud.sdk.elb.v3.model.CreatePoolRequestBody;
import com.huaweicloud.sdk.elb.v3.model.DeleteHealthMonitorRequest;
import com.huaweicloud.sdk.elb.v3.model.DeleteListenerRequest;
import com.huaweicloud.sdk.elb.v3.model.DeleteLoadBalancerRequest;
import com.huaweicloud.sdk.elb.v3.model.DeleteMemberRequest;
import com.huaweicloud.sdk.elb.v3.model.DeletePoolRequest;
import com.huaweicloud.sdk.elb.v3.model.ListLoadBalancersRequest;
import com.huaweicloud.sdk.elb.v3.model.ListMembersRequest;
import com.huaweicloud.sdk.elb.v3.model.LoadBalancer;
import com.huaweicloud.sdk.elb.v3.model.Member;
import com.huaweicloud.sdk.elb.v3.model.UpdateListenerOption;
import com.huaweicloud.sdk.elb.v3.model.UpdateListenerRequest;
import com.huaweicloud.sdk.elb.v3.model.UpdateListenerRequestBody;
import com.huaweicloud.sdk.elb.v3.model.UpdateMemberOption;
import com.huaweicloud.sdk.elb.v3.model.UpdateMemberRequest;
import com.huaweicloud.sdk.elb.v3.model.UpdateMemberRequestBody;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.ElbSdk;
import java.util.List;

/** What the end-to-end tests do with the vendor's official SDK, unmodified. */
final class Elb {

    private final ElbClient sdk;

    Elb(String root) {
        sdk = ElbSdk.of(root);
    }

    LoadBalancer createLoadBalancer(Cloud cloud) {
        var option = new CreateLoadBalancerOption()
                .withName("end to end")
                .withVipSubnetCidrId(cloud.vipSubnetId())
                .withAvailabilityZoneList(List.of("az-1", "az-2"));
        return sdk.createLoadBalancer(new CreateLoadBalancerRequest()
                        .withBody(new CreateLoadBalancerRequestBody().withLoadbalancer(option)))
                .getLoadbalancer();
    }

    String createPool(String loadBalancerId, String protocol, String algorithm) {
        var option = new CreatePoolOption()
                .withLoadbalancerId(loadBalancerId)
                .withProtocol(protocol)
                .withLbAlgorithm(algorithm);
        return sdk.createPool(new CreatePoolRequest().withBody(new CreatePoolRequestBody().withPool(option)))
                .getPool()
                .getId();
    }

    String createHttpMonitor(String poolId, String path) {
        return createMonitor(new CreateHealthMonitorOption()
                .withPoolId(poolId)
                .withType("HTTP")
                .withUrlPath(path));
    }

    String createTcpMonitor(String poolId) {
        return createMonitor(new CreateHealthMonitorOption().withPoolId(poolId).withType("TCP"));
    }

    String createUdpMonitor(String poolId) {
        return createMonitor(new CreateHealthMonitorOption().withPoolId(poolId).withType("UDP_CONNECT"));
    }

    private String createMonitor(CreateHealthMonitorOption option) {
        option.withDelay(1).withTimeout(1).withMaxRetries(1).withMaxRetriesDown(2);
        return sdk.createHealthMonitor(new CreateHealthMonitorRequest()
                        .withBody(new CreateHealthMonitorRequestBody().withHealthmonitor(option)))
                .getHealthmonitor()
                .getId();
    }

    String createMember(String poolId, Cloud cloud, int server, int port, int weight) {
        var option = new CreateMemberOption()
                .withAddress(cloud.address(server))
                .withSubnetCidrId(cloud.serverSubnetId())
                .withProtocolPort(port)
                .withWeight(weight);
        return sdk.createMember(new CreateMemberRequest()
                        .withPoolId(poolId)
                        .withBody(new CreateMemberRequestBody().withMember(option)))
                .getMember()
                .getId();
    }

    String createListener(String loadBalancerId, String protocol, int port, String poolId) {
        var option = new CreateListenerOption()
                .withLoadbalancerId(loadBalancerId)
                .withProtocol(protocol)
                .withProtocolPort(port)
                .withDefaultPoolId(poolId);
        return sdk.createListener(
                        new CreateListenerRequest().withBody(new CreateListenerRequestBody().withListener(option)))
                .getListener()
                .getId();
    }

    void renameListener(String listenerId, String name) {
        sdk.updateListener(new UpdateListenerRequest()
                .withListenerId(listenerId)
                .withBody(new UpdateListenerRequestBody().withListener(new UpdateListenerOption().withName(name))));
    }

    void setWeight(String poolId, String memberId, int weight) {
        sdk.updateMember(new UpdateMemberRequest()
                .withPoolId(poolId)
                .withMemberId(memberId)
                .withBody(new UpdateMemberRequestBody().withMember(new UpdateMemberOption().withWeight(weight))));
    }

    List<Member> members(String poolId) {
        return sdk.listMembers(new ListMembersRequest().withPoolId(poolId)).getMembers();
    }

    List<String> statuses(String poolId) {
        return members(poolId).stream().map(Member::getOperatingStatus).toList();
    }

    List<String> loadBalancersByAddress(String address) {
        return ids(new ListLoadBalancersRequest().withMemberAddress(List.of(address)));
    }

    List<String> loadBalancersByServer(String serverId) {
        return ids(new ListLoadBalancersRequest().withMemberDeviceId(List.of(serverId)));
    }

    private List<String> ids(ListLoadBalancersRequest request) {
        return sdk.listLoadBalancers(request).getLoadbalancers().stream()
                .map(LoadBalancer::getId)
                .toList();
    }

    void detachPool(String listenerId, String poolId, String monitorId) {
        members(poolId)
                .forEach(member -> sdk.deleteMember(
                        new DeleteMemberRequest().withPoolId(poolId).withMemberId(member.getId())));
        sdk.deleteHealthMonitor(new DeleteHealthMonitorRequest().withHealthmonitorId(monitorId));
        sdk.deletePool(new DeletePoolRequest().withPoolId(poolId));
        sdk.deleteListener(new DeleteListenerRequest().withListenerId(listenerId));
    }

    void deleteMember(String poolId, String memberId) {
        sdk.deleteMember(new DeleteMemberRequest().withPoolId(poolId).withMemberId(memberId));
    }

    void deleteLoadBalancer(String id) {
        sdk.deleteLoadBalancer(new DeleteLoadBalancerRequest().withLoadbalancerId(id));
    }
}
