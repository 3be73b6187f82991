package io.evenkeel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.huaweicloud.sdk.core.exception.ServiceResponseException;
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
import com.huaweicloud.sdk.elb.v3.model.CreatePoolSessionPersistenceOption;
import com.huaweicloud.sdk.elb.v3.model.CreatePoolSlowStartOption;
import com.huaweicloud.sdk.elb.v3.model.DeleteHealthMonitorRequest;
import com.huaweicloud.sdk.elb.v3.model.DeleteListenerRequest;
import com.huaweicloud.sdk.elb.v3.model.DeleteLoadBalancerRequest;
import com.huaweicloud.sdk.elb.v3.model.DeleteMemberRequest;
import com.huaweicloud.sdk.elb.v3.model.DeletePoolRequest;
import com.huaweicloud.sdk.elb.v3.model.ListAllMembersRequest;
import com.huaweicloud.sdk.elb.v3.model.ListHealthMonitorsRequest;
import com.huaweicloud.sdk.elb.v3.model.ListListenersRequest;
import com.huaweicloud.sdk.elb.v3.model.ListLoadBalancersRequest;
import com.huaweicloud.sdk.elb.v3.model.ListMembersRequest;
import com.huaweicloud.sdk.elb.v3.model.ListPoolsRequest;
import com.huaweicloud.sdk.elb.v3.model.Listener;
import com.huaweicloud.sdk.elb.v3.model.ListenerInsertHeaders;
import com.huaweicloud.sdk.elb.v3.model.LoadBalancer;
import com.huaweicloud.sdk.elb.v3.model.LoadBalancerRef;
import com.huaweicloud.sdk.elb.v3.model.Pool;
import com.huaweicloud.sdk.elb.v3.model.PoolHealth;
import com.huaweicloud.sdk.elb.v3.model.PoolRef;
import com.huaweicloud.sdk.elb.v3.model.ShowHealthMonitorRequest;
import com.huaweicloud.sdk.elb.v3.model.ShowListenerRequest;
import com.huaweicloud.sdk.elb.v3.model.ShowLoadBalancerRequest;
import com.huaweicloud.sdk.elb.v3.model.ShowMemberRequest;
import com.huaweicloud.sdk.elb.v3.model.ShowPoolRequest;
import com.huaweicloud.sdk.elb.v3.model.SlowStart;
import com.huaweicloud.sdk.elb.v3.model.Tag;
import com.huaweicloud.sdk.elb.v3.model.UpdateHealthMonitorOption;
import com.huaweicloud.sdk.elb.v3.model.UpdateHealthMonitorRequest;
import com.huaweicloud.sdk.elb.v3.model.UpdateHealthMonitorRequestBody;
import com.huaweicloud.sdk.elb.v3.model.UpdateListenerOption;
import com.huaweicloud.sdk.elb.v3.model.UpdateListenerRequest;
import com.huaweicloud.sdk.elb.v3.model.UpdateListenerRequestBody;
import com.huaweicloud.sdk.elb.v3.model.UpdateLoadBalancerOption;
import com.huaweicloud.sdk.elb.v3.model.UpdateLoadBalancerRequest;
import com.huaweicloud.sdk.elb.v3.model.UpdateLoadBalancerRequestBody;
import com.huaweicloud.sdk.elb.v3.model.UpdateMemberOption;
import com.huaweicloud.sdk.elb.v3.model.UpdateMemberRequest;
import com.huaweicloud.sdk.elb.v3.model.UpdateMemberRequestBody;
import com.huaweicloud.sdk.elb.v3.model.UpdatePoolOption;
import com.huaweicloud.sdk.elb.v3.model.UpdatePoolRequest;
import com.huaweicloud.sdk.elb.v3.model.UpdatePoolRequestBody;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.ElbSdk;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.TestInstance;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The vendor's official SDK, unmodified, makes, reads, changes and deletes each resource; answers field by field. */
@EvenkeelTest
class SdkFieldsTests {

    private static final String TIMESTAMP = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";

    private final Cloud cloud;
    private final ElbClient sdk;

    @Autowired
    SdkFieldsTests(Api api) {
        cloud = Cloud.create(api);
        sdk = ElbSdk.of(api);
    }

    @Test
    void keepsTheFieldsOfALoadBalancer() {
        var made = createLoadBalancer(new CreateLoadBalancerOption()
                .withName("edge")
                .withDescription("in front of all")
                .withProjectId(TestInstance.PROJECT_ID)
                .withProvider("vlb")
                .withAdminStateUp(true)
                .withGuaranteed(true)
                .withVpcId(cloud.vpcId())
                .withVipSubnetCidrId(cloud.vipSubnetId())
                .withVipAddress(cloud.vip(77))
                .withElbVirsubnetIds(List.of(cloud.serverSubnetId()))
                .withAvailabilityZoneList(List.of("az-1", "az-2"))
                .withIpTargetEnable(true)
                .withDeletionProtectionEnable(true)
                .withWafFailureAction(CreateLoadBalancerOption.WafFailureActionEnum.DISCARD)
                .withProtectionStatus(CreateLoadBalancerOption.ProtectionStatusEnum.CONSOLEPROTECTION)
                .withProtectionReason("kept by hand")
                .withTags(List.of(new Tag().withKey("team").withValue("web"))));

        assertThat(made.getName()).isEqualTo("edge");
        assertThat(made.getDescription()).isEqualTo("in front of all");
        assertThat(made.getProjectId()).isEqualTo(TestInstance.PROJECT_ID);
        assertThat(made.getProvider()).isEqualTo("vlb");
        assertThat(made.getAdminStateUp()).isTrue();
        assertThat(made.getGuaranteed()).isTrue();
        assertThat(made.getVpcId()).isEqualTo(cloud.vpcId());
        assertThat(made.getVipSubnetCidrId()).isEqualTo(cloud.vipSubnetId());
        assertThat(made.getVipAddress()).isEqualTo(cloud.vip(77));
        assertThat(made.getVipPortId()).isNotEmpty();
        assertThat(made.getIpv6VipAddress()).isNull();
        assertThat(made.getElbVirsubnetIds()).containsExactly(cloud.serverSubnetId());
        assertThat(made.getElbVirsubnetType()).isEqualTo(LoadBalancer.ElbVirsubnetTypeEnum.IPV4);
        assertThat(made.getAvailabilityZoneList()).containsExactly("az-1", "az-2");
        assertThat(made.getIpTargetEnable()).isTrue();
        assertThat(made.getDeletionProtectionEnable()).isTrue();
        assertThat(made.getWafFailureAction()).isEqualTo("discard");
        assertThat(made.getProtectionStatus()).isEqualTo(LoadBalancer.ProtectionStatusEnum.CONSOLEPROTECTION);
        assertThat(made.getProtectionReason()).isEqualTo("kept by hand");
        assertThat(made.getTags()).containsExactly(new Tag().withKey("team").withValue("web"));
        assertThat(made.getProvisioningStatus()).isEqualTo("ACTIVE");
        assertThat(made.getOperatingStatus()).isEqualTo("ONLINE");
        assertThat(made.getEnterpriseProjectId()).isEqualTo("0");
        assertThat(made.getListeners()).isEmpty();
        assertThat(made.getPools()).isEmpty();
        assertThat(made.getCreatedAt()).matches(TIMESTAMP);
        assertThat(made.getL4FlavorId()).isNotEmpty();
        assertThat(made.getL7FlavorId()).isNotEmpty();
        var id = made.getId();
        assertThat(sdk.showLoadBalancer(new ShowLoadBalancerRequest().withLoadbalancerId(id))
                        .getLoadbalancer())
                .isEqualTo(made);
        assertThat(sdk.listLoadBalancers(new ListLoadBalancersRequest().withId(List.of(id)))
                        .getLoadbalancers())
                .containsExactly(made);

        assertThatThrownBy(() -> sdk.deleteLoadBalancer(new DeleteLoadBalancerRequest().withLoadbalancerId(id)))
                .isInstanceOfSatisfying(ServiceResponseException.class, refused -> {
                    assertThat(refused.getHttpStatusCode()).isEqualTo(409);
                    assertThat(refused.getErrorCode()).isEqualTo("ELB.8907");
                    assertThat(refused.getErrorMsg()).contains(id, "deletion_protection_enable");
                    assertThat(refused.getRequestId()).isNotEmpty();
                });
        var changed = sdk.updateLoadBalancer(new UpdateLoadBalancerRequest()
                        .withLoadbalancerId(id)
                        .withBody(new UpdateLoadBalancerRequestBody()
                                .withLoadbalancer(new UpdateLoadBalancerOption()
                                        .withName("edge 2")
                                        .withDeletionProtectionEnable(false)
                                        .withVipAddress(cloud.vip(78)))))
                .getLoadbalancer();
        assertThat(changed)
                .isEqualTo(made.withName("edge 2")
                        .withDeletionProtectionEnable(false)
                        .withVipAddress(cloud.vip(78))
                        .withVipPortId(changed.getVipPortId())
                        .withUpdatedAt(changed.getUpdatedAt()));
        sdk.deleteLoadBalancer(new DeleteLoadBalancerRequest().withLoadbalancerId(id));
        assertGone(() -> sdk.showLoadBalancer(new ShowLoadBalancerRequest().withLoadbalancerId(id)));
    }

    @Test
    void keepsTheFieldsOfAListener() {
        var loadBalancer = loadBalancer();
        var pool = createPool(new CreatePoolOption()
                        .withLoadbalancerId(loadBalancer)
                        .withProtocol("HTTP")
                        .withLbAlgorithm("ROUND_ROBIN"))
                .getId();
        var made = createListener(new CreateListenerOption()
                .withLoadbalancerId(loadBalancer)
                .withName("web")
                .withDescription("all of it")
                .withAdminStateUp(true)
                .withProtocol("HTTP")
                .withProtocolPort(8088)
                .withDefaultPoolId(pool)
                .withInsertHeaders(new ListenerInsertHeaders()
                        .withXForwardedELBIP(true)
                        .withXForwardedPort(true)
                        .withXForwardedForPort(false)
                        .withXRealIP(true))
                .withKeepaliveTimeout(70)
                .withClientTimeout(71)
                .withMemberTimeout(72)
                .withEnableMemberRetry(false)
                .withTransparentClientIpEnable(true)
                .withEnhanceL7policyEnable(true)
                .withGzipEnable(true)
                .withCps(100)
                .withConnection(1000)
                .withProtectionStatus(CreateListenerOption.ProtectionStatusEnum.CONSOLEPROTECTION)
                .withProtectionReason("kept by hand")
                .withTags(List.of(new Tag().withKey("team").withValue("web"))));

        assertThat(made.getName()).isEqualTo("web");
        assertThat(made.getDescription()).isEqualTo("all of it");
        assertThat(made.getProtocol()).isEqualTo("HTTP");
        assertThat(made.getProtocolPort()).isEqualTo(8088);
        assertThat(made.getDefaultPoolId()).isEqualTo(pool);
        assertThat(made.getLoadbalancers()).containsExactly(new LoadBalancerRef().withId(loadBalancer));
        assertThat(made.getInsertHeaders().getXForwardedELBIP()).isTrue();
        assertThat(made.getInsertHeaders().getXForwardedPort()).isTrue();
        assertThat(made.getInsertHeaders().getXForwardedForPort()).isFalse();
        assertThat(made.getInsertHeaders().getXRealIP()).isTrue();
        assertThat(made.getInsertHeaders().getXForwardedHost()).isNull();
        assertThat(made.getKeepaliveTimeout()).isEqualTo(70);
        assertThat(made.getClientTimeout()).isEqualTo(71);
        assertThat(made.getMemberTimeout()).isEqualTo(72);
        assertThat(made.getEnableMemberRetry()).isFalse();
        assertThat(made.getTransparentClientIpEnable()).isTrue();
        assertThat(made.getEnhanceL7policyEnable()).isTrue();
        assertThat(made.getGzipEnable()).isTrue();
        assertThat(made.getHttp2Enable()).isFalse();
        assertThat(made.getCps()).isEqualTo(100);
        assertThat(made.getConnection()).isEqualTo(1000);
        assertThat(made.getConnectionLimit()).isEqualTo(-1);
        assertThat(made.getProtectionStatus()).isEqualTo(Listener.ProtectionStatusEnum.CONSOLEPROTECTION);
        assertThat(made.getProtectionReason()).isEqualTo("kept by hand");
        assertThat(made.getTags()).containsExactly(new Tag().withKey("team").withValue("web"));
        assertThat(made.getCreatedAt()).matches(TIMESTAMP);
        var id = made.getId();
        assertThat(sdk.showListener(new ShowListenerRequest().withListenerId(id))
                        .getListener())
                .isEqualTo(made);
        assertThat(sdk.listListeners(new ListListenersRequest().withId(List.of(id)))
                        .getListeners())
                .containsExactly(made);

        var changed = sdk.updateListener(new UpdateListenerRequest()
                        .withListenerId(id)
                        .withBody(new UpdateListenerRequestBody()
                                .withListener(new UpdateListenerOption()
                                        .withDescription("less of it")
                                        .withClientTimeout(5)
                                        .withInsertHeaders(new ListenerInsertHeaders().withXForwardedHost(true)))))
                .getListener();
        assertThat(changed)
                .isEqualTo(made.withDescription("less of it")
                        .withClientTimeout(5)
                        .withInsertHeaders(new ListenerInsertHeaders().withXForwardedHost(true))
                        .withUpdatedAt(changed.getUpdatedAt()));
        sdk.deletePool(new DeletePoolRequest().withPoolId(pool));
        sdk.deleteListener(new DeleteListenerRequest().withListenerId(id));
        assertGone(() -> sdk.showListener(new ShowListenerRequest().withListenerId(id)));
    }

    @Test
    void keepsTheFieldsOfAPool() {
        var made = createPool(new CreatePoolOption()
                .withName("group")
                .withDescription("of servers")
                .withAdminStateUp(true)
                .withProtocol("HTTP")
                .withLbAlgorithm("LEAST_CONNECTIONS")
                .withType("instance")
                .withVpcId(cloud.vpcId())
                .withIpVersion("v4")
                .withSessionPersistence(new CreatePoolSessionPersistenceOption()
                        .withType(CreatePoolSessionPersistenceOption.TypeEnum.APP_COOKIE)
                        .withCookieName("SID"))
                .withSlowStart(new CreatePoolSlowStartOption().withEnable(true).withDuration(60))
                .withPoolHealth(new PoolHealth().withMinimumHealthyMemberCount(1))
                .withMemberDeletionProtectionEnable(true)
                .withProtectionStatus(CreatePoolOption.ProtectionStatusEnum.CONSOLEPROTECTION)
                .withProtectionReason("kept by hand"));

        assertThat(made.getName()).isEqualTo("group");
        assertThat(made.getDescription()).isEqualTo("of servers");
        assertThat(made.getProtocol()).isEqualTo("HTTP");
        assertThat(made.getLbAlgorithm()).isEqualTo("LEAST_CONNECTIONS");
        assertThat(made.getType()).isEqualTo("instance");
        assertThat(made.getVpcId()).isEqualTo(cloud.vpcId());
        assertThat(made.getIpVersion()).isEqualTo("v4");
        assertThat(made.getSessionPersistence().getType()).isEqualTo("APP_COOKIE");
        assertThat(made.getSessionPersistence().getCookieName()).isEqualTo("SID");
        assertThat(made.getSlowStart())
                .isEqualTo(new SlowStart().withEnable(true).withDuration(60));
        assertThat(made.getPoolHealth().getMinimumHealthyMemberCount()).isEqualTo(1);
        assertThat(made.getMemberDeletionProtectionEnable()).isTrue();
        assertThat(made.getAnyPortEnable()).isFalse();
        assertThat(made.getProtectionStatus()).isEqualTo(Pool.ProtectionStatusEnum.CONSOLEPROTECTION);
        assertThat(made.getProtectionReason()).isEqualTo("kept by hand");
        assertThat(made.getHealthmonitorId()).isNull();
        assertThat(made.getMembers()).isEmpty();
        assertThat(made.getListeners()).isEmpty();
        assertThat(made.getLoadbalancers()).isEmpty();
        assertThat(made.getCreatedAt()).matches(TIMESTAMP);
        var id = made.getId();
        assertThat(sdk.showPool(new ShowPoolRequest().withPoolId(id)).getPool()).isEqualTo(made);
        assertThat(sdk.listPools(new ListPoolsRequest().withId(List.of(id))).getPools())
                .containsExactly(made);

        var changed = sdk.updatePool(new UpdatePoolRequest()
                        .withPoolId(id)
                        .withBody(new UpdatePoolRequestBody()
                                .withPool(new UpdatePoolOption()
                                        .withName("group 2")
                                        .withLbAlgorithm("SOURCE_IP")
                                        .withMemberDeletionProtectionEnable(false))))
                .getPool();
        assertThat(changed)
                .isEqualTo(made.withName("group 2")
                        .withLbAlgorithm("SOURCE_IP")
                        .withMemberDeletionProtectionEnable(false)
                        .withUpdatedAt(changed.getUpdatedAt()));
        sdk.deletePool(new DeletePoolRequest().withPoolId(id));
        assertGone(() -> sdk.showPool(new ShowPoolRequest().withPoolId(id)));
    }

    @Test
    void keepsTheFieldsOfAMember() {
        cloud.server(1);
        var pool = pool();
        var made = sdk.createMember(new CreateMemberRequest()
                        .withPoolId(pool)
                        .withBody(new CreateMemberRequestBody()
                                .withMember(new CreateMemberOption()
                                        .withName("first")
                                        .withAddress(cloud.address(1))
                                        .withSubnetCidrId(cloud.serverSubnetId())
                                        .withProtocolPort(8080)
                                        .withWeight(7)
                                        .withProjectId(TestInstance.PROJECT_ID))))
                .getMember();

        assertThat(made.getName()).isEqualTo("first");
        assertThat(made.getAddress()).isEqualTo(cloud.address(1));
        assertThat(made.getSubnetCidrId()).isEqualTo(cloud.serverSubnetId());
        assertThat(made.getProtocolPort()).isEqualTo(8080);
        assertThat(made.getWeight()).isEqualTo(7);
        assertThat(made.getProjectId()).isEqualTo(TestInstance.PROJECT_ID);
        assertThat(made.getAdminStateUp()).isTrue();
        assertThat(made.getIpVersion()).isEqualTo("v4");
        assertThat(made.getOperatingStatus()).isEqualTo("NO_MONITOR");
        assertThat(made.getStatus()).isEmpty();
        assertThat(made.getReason()).isNull();
        assertThat(made.getMemberType()).isEqualTo("instance");
        assertThat(made.getInstanceId()).isEqualTo(cloud.serverId(1));
        assertThat(made.getCreatedAt()).matches(TIMESTAMP);
        var id = made.getId();
        var show = new ShowMemberRequest().withPoolId(pool).withMemberId(id);
        assertThat(sdk.showMember(show).getMember()).isEqualTo(made);
        assertThat(sdk.listMembers(new ListMembersRequest().withPoolId(pool)).getMembers())
                .containsExactly(made);
        assertThat(sdk.listAllMembers(new ListAllMembersRequest().withId(List.of(id)))
                        .getMembers())
                .singleElement()
                .satisfies(member -> {
                    assertThat(member.getPoolId()).isEqualTo(pool);
                    assertThat(member.getAddress()).isEqualTo(cloud.address(1));
                    assertThat(member.getWeight()).isEqualTo(7);
                });

        var changed = sdk.updateMember(new UpdateMemberRequest()
                        .withPoolId(pool)
                        .withMemberId(id)
                        .withBody(new UpdateMemberRequestBody()
                                .withMember(new UpdateMemberOption()
                                        .withName("renamed")
                                        .withWeight(0)
                                        .withProtocolPort(8081))))
                .getMember();
        assertThat(changed)
                .isEqualTo(made.withName("renamed")
                        .withWeight(0)
                        .withProtocolPort(8081)
                        .withUpdatedAt(changed.getUpdatedAt()));
        sdk.deleteMember(new DeleteMemberRequest().withPoolId(pool).withMemberId(id));
        assertGone(() -> sdk.showMember(show));
    }

    @Test
    void keepsTheFieldsOfAHealthMonitor() {
        var pool = pool();
        var made = sdk.createHealthMonitor(new CreateHealthMonitorRequest()
                        .withBody(new CreateHealthMonitorRequestBody()
                                .withHealthmonitor(new CreateHealthMonitorOption()
                                        .withPoolId(pool)
                                        .withName("probe")
                                        .withAdminStateUp(true)
                                        .withType("HTTP")
                                        .withDelay(10)
                                        .withTimeout(4)
                                        .withMaxRetries(2)
                                        .withMaxRetriesDown(5)
                                        .withMonitorPort(8090)
                                        .withDomainName("shop.example.org")
                                        .withUrlPath("/healthz?full&deep")
                                        .withHttpMethod("HEAD")
                                        .withExpectedCodes("200-204"))))
                .getHealthmonitor();

        assertThat(made.getName()).isEqualTo("probe");
        assertThat(made.getAdminStateUp()).isTrue();
        assertThat(made.getType()).isEqualTo("HTTP");
        assertThat(made.getDelay()).isEqualTo(10);
        assertThat(made.getTimeout()).isEqualTo(4);
        assertThat(made.getMaxRetries()).isEqualTo(2);
        assertThat(made.getMaxRetriesDown()).isEqualTo(5);
        assertThat(made.getMonitorPort()).isEqualTo(8090);
        assertThat(made.getDomainName()).isEqualTo("shop.example.org");
        assertThat(made.getUrlPath()).isEqualTo("/healthz?full&deep");
        assertThat(made.getHttpMethod()).isEqualTo("HEAD");
        assertThat(made.getExpectedCodes()).isEqualTo("200-204");
        assertThat(made.getPools()).containsExactly(new PoolRef().withId(pool));
        assertThat(made.getProjectId()).isEqualTo(TestInstance.PROJECT_ID);
        assertThat(made.getCreatedAt()).matches(TIMESTAMP);
        var id = made.getId();
        var show = new ShowHealthMonitorRequest().withHealthmonitorId(id);
        assertThat(sdk.showHealthMonitor(show).getHealthmonitor()).isEqualTo(made);
        assertThat(sdk.listHealthMonitors(new ListHealthMonitorsRequest().withId(List.of(id)))
                        .getHealthmonitors())
                .containsExactly(made);
        assertThat(sdk.showPool(new ShowPoolRequest().withPoolId(pool))
                        .getPool()
                        .getHealthmonitorId())
                .isEqualTo(id);

        var changed = sdk.updateHealthMonitor(new UpdateHealthMonitorRequest()
                        .withHealthmonitorId(id)
                        .withBody(new UpdateHealthMonitorRequestBody()
                                .withHealthmonitor(new UpdateHealthMonitorOption()
                                        .withDelay(1)
                                        .withUrlPath("/up")
                                        .withHttpMethod(UpdateHealthMonitorOption.HttpMethodEnum.POST))))
                .getHealthmonitor();
        assertThat(changed)
                .isEqualTo(made.withDelay(1)
                        .withUrlPath("/up")
                        .withHttpMethod("POST")
                        .withUpdatedAt(changed.getUpdatedAt()));
        sdk.deleteHealthMonitor(new DeleteHealthMonitorRequest().withHealthmonitorId(id));
        assertGone(() -> sdk.showHealthMonitor(show));
    }

    private static void assertGone(ThrowingCallable show) {
        assertThatThrownBy(show).isInstanceOfSatisfying(ServiceResponseException.class, gone -> {
            assertThat(gone.getHttpStatusCode()).isEqualTo(404);
            assertThat(gone.getErrorCode()).isEqualTo("ELB.8904");
        });
    }

    private LoadBalancer createLoadBalancer(CreateLoadBalancerOption option) {
        return sdk.createLoadBalancer(new CreateLoadBalancerRequest()
                        .withBody(new CreateLoadBalancerRequestBody().withLoadbalancer(option)))
                .getLoadbalancer();
    }

    private String loadBalancer() {
        return createLoadBalancer(new CreateLoadBalancerOption()
                        .withVipSubnetCidrId(cloud.vipSubnetId())
                        .withAvailabilityZoneList(List.of("az-1")))
                .getId();
    }

    private Listener createListener(CreateListenerOption option) {
        return sdk.createListener(
                        new CreateListenerRequest().withBody(new CreateListenerRequestBody().withListener(option)))
                .getListener();
    }

    private Pool createPool(CreatePoolOption option) {
        return sdk.createPool(new CreatePoolRequest().withBody(new CreatePoolRequestBody().withPool(option)))
                .getPool();
    }

    private String pool() {
        return createPool(new CreatePoolOption()
                        .withProtocol("HTTP")
                        .withLbAlgorithm("ROUND_ROBIN")
                        .withType("instance")
                        .withVpcId(cloud.vpcId()))
                .getId();
    }
}
