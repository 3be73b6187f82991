package io.evenkeel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import com.huaweicloud.sdk.elb.v3.ElbClient;
import com.huaweicloud.sdk.elb.v3.model.BatchAddAvailableZonesRequest;
import com.huaweicloud.sdk.elb.v3.model.BatchAddAvailableZonesRequestBody;
import com.huaweicloud.sdk.elb.v3.model.BatchCreateLoadBalancerOption;
import com.huaweicloud.sdk.elb.v3.model.BatchCreateLoadBalancersRequest;
import com.huaweicloud.sdk.elb.v3.model.BatchCreateLoadBalancersRequestBody;
import com.huaweicloud.sdk.elb.v3.model.BatchRemoveAvailableZonesRequest;
import com.huaweicloud.sdk.elb.v3.model.BatchRemoveAvailableZonesRequestBody;
import com.huaweicloud.sdk.elb.v3.model.CloneLoadbalancerRequest;
import com.huaweicloud.sdk.elb.v3.model.CloneLoadbalancerRequestBody;
import com.huaweicloud.sdk.elb.v3.model.CountPreoccupyIpNumRequest;
import com.huaweicloud.sdk.elb.v3.model.DeleteLoadBalancerCascadeOption;
import com.huaweicloud.sdk.elb.v3.model.DeleteLoadBalancerCascadeRequest;
import com.huaweicloud.sdk.elb.v3.model.DeleteLoadBalancerCascadeRequestBody;
import com.huaweicloud.sdk.elb.v3.model.DeleteLoadBalancerForceRequest;
import com.huaweicloud.sdk.elb.v3.model.DeletePoolCascadeRequest;
import com.huaweicloud.sdk.elb.v3.model.ListFeatureConfigsRequest;
import com.huaweicloud.sdk.elb.v3.model.ListJobsRequest;
import com.huaweicloud.sdk.elb.v3.model.ListLoadbalancerFeatureRequest;
import com.huaweicloud.sdk.elb.v3.model.MainJob;
import com.huaweicloud.sdk.elb.v3.model.ShowJobRequest;
import com.huaweicloud.sdk.elb.v3.model.ShowListenerRequest;
import com.huaweicloud.sdk.elb.v3.model.ShowLoadBalancerRequest;
import com.huaweicloud.sdk.elb.v3.model.ShowLoadBalancerStatusRequest;
import com.huaweicloud.sdk.elb.v3.model.ShowPoolRequest;
import com.huaweicloud.sdk.elb.v3.model.SubJob;
import com.huaweicloud.sdk.elb.v3.model.TargetLoadbalancerParam;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.ElbSdk;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.TestInstance;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What spans features, by the vendor's official SDK, unmodified; answers field by field. */
@EvenkeelTest
class SdkTopologyTests {

    private static final String TIMESTAMP = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";

    private final Cloud cloud;
    private final ElbClient sdk;
    private final Elb elb;
    private String loadBalancer = "";
    private String pool = "";
    private String listener = "";

    @Autowired
    SdkTopologyTests(Api api) {
        cloud = Cloud.create(api);
        cloud.server(1);
        elb = new Elb(api.root());
        sdk = ElbSdk.of(api);
    }

    @BeforeEach
    void createLoadBalancer() {
        loadBalancer = elb.createLoadBalancer(cloud).getId();
        pool = elb.createPool(loadBalancer, "HTTP", "ROUND_ROBIN");
        listener = elb.createListener(loadBalancer, "HTTP", 80, pool);
        elb.createMember(pool, cloud, 1, 8080, 5);
        elb.createTcpMonitor(pool);
    }

    private void assertGone(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ServiceResponseException.class,
                        gone -> assertThat(gone.getErrorCode()).isEqualTo("ELB.8904"));
    }

    private void assertAllGone() {
        assertGone(() -> sdk.showLoadBalancer(new ShowLoadBalancerRequest().withLoadbalancerId(loadBalancer)));
        assertGone(() -> sdk.showListener(new ShowListenerRequest().withListenerId(listener)));
    }

    @Test
    void deletesALoadBalancerByForce() {
        assertThat(sdk.deleteLoadBalancerForce(new DeleteLoadBalancerForceRequest().withLoadbalancerId(loadBalancer))
                        .getHttpStatusCode())
                .isEqualTo(204);

        assertAllGone();
        assertGone(() -> sdk.showPool(new ShowPoolRequest().withPoolId(pool)));
    }

    @Test
    void deletesALoadBalancerByCascadeAndKeepsItsPools() {
        assertThat(sdk.deleteLoadBalancerCascade(new DeleteLoadBalancerCascadeRequest()
                                .withLoadbalancerId(loadBalancer)
                                .withBody(new DeleteLoadBalancerCascadeRequestBody()
                                        .withLoadbalancer(new DeleteLoadBalancerCascadeOption()
                                                .withUnboundedPool(false)
                                                .withPublicIp(false))))
                        .getHttpStatusCode())
                .isEqualTo(204);

        assertAllGone();
        var kept = sdk.showPool(new ShowPoolRequest().withPoolId(pool)).getPool();
        assertThat(kept.getLoadbalancers()).isEmpty();
        assertThat(kept.getMembers()).hasSize(1);
    }

    @Test
    void deletesAPoolByCascade() {
        assertThat(sdk.deletePoolCascade(new DeletePoolCascadeRequest().withPoolId(pool))
                        .getHttpStatusCode())
                .isEqualTo(204);

        assertGone(() -> sdk.showPool(new ShowPoolRequest().withPoolId(pool)));
        assertThat(sdk.showListener(new ShowListenerRequest().withListenerId(listener))
                        .getListener()
                        .getDefaultPoolId())
                .isNull();
    }

    @Test
    void showsTheStatusTree() {
        cloud.server(1, "linux", "ubuntu", "STOPPED");
        var tree = sdk.showLoadBalancerStatus(new ShowLoadBalancerStatusRequest().withLoadbalancerId(loadBalancer))
                .getStatuses()
                .getLoadbalancer();

        assertThat(tree.getId()).isEqualTo(loadBalancer);
        assertThat(tree.getName()).isEqualTo("end to end");
        assertThat(tree.getProvisioningStatus()).isEqualTo("ACTIVE");
        assertThat(tree.getOperatingStatus()).isEqualTo("DEGRADED");
        var below = tree.getListeners().getFirst();
        assertThat(below.getId()).isEqualTo(listener);
        assertThat(below.getOperatingStatus()).isEqualTo("DEGRADED");
        assertThat(below.getL7policies()).isEmpty();
        assertThat(below.getPools()).isEqualTo(tree.getPools());
        var behind = tree.getPools().getFirst();
        assertThat(behind.getId()).isEqualTo(pool);
        assertThat(behind.getHealthmonitor().getType()).isEqualTo("TCP");
        assertThat(behind.getHealthmonitor().getProvisioningStatus()).isEqualTo("ACTIVE");
        var member = behind.getMembers().getFirst();
        assertThat(member.getAddress()).isEqualTo(cloud.address(1));
        assertThat(member.getProtocolPort()).isEqualTo(8080);
        assertThat(member.getOperatingStatus()).isEqualTo("OFFLINE");
    }

    @Test
    void changesTheAvailabilityZones() {
        var left = sdk.batchRemoveAvailableZones(new BatchRemoveAvailableZonesRequest()
                        .withLoadbalancerId(loadBalancer)
                        .withBody(new BatchRemoveAvailableZonesRequestBody().withAvailabilityZoneList(List.of("az-1"))))
                .getLoadbalancer();
        assertThat(left.getAvailabilityZoneList()).containsExactly("az-2");

        var answer = sdk.batchAddAvailableZones(new BatchAddAvailableZonesRequest()
                .withLoadbalancerId(loadBalancer)
                .withBody(new BatchAddAvailableZonesRequestBody().withAvailabilityZoneList(List.of("az-1"))));

        assertThat(answer.getLoadbalancerId()).isEqualTo(loadBalancer);
        assertThat(answer.getLoadbalancer().getAvailabilityZoneList()).containsExactly("az-2", "az-1");
        assertThat(answer.getLoadbalancer())
                .isEqualTo(sdk.showLoadBalancer(new ShowLoadBalancerRequest().withLoadbalancerId(loadBalancer))
                        .getLoadbalancer());
    }

    @Test
    void createsSeveralAndShowsTheJob() {
        var made = sdk.batchCreateLoadBalancers(new BatchCreateLoadBalancersRequest()
                .withBody(new BatchCreateLoadBalancersRequestBody()
                        .withLoadbalancer(new BatchCreateLoadBalancerOption()
                                .withNumber(2)
                                .withName("batch")
                                .withVipSubnetCidrId(cloud.vipSubnetId())
                                .withAvailabilityZoneList(List.of("az-1")))));

        assertThat(made.getLoadbalancerIds()).hasSize(2);
        var first = sdk.showLoadBalancer(new ShowLoadBalancerRequest()
                        .withLoadbalancerId(made.getLoadbalancerIds().getFirst()))
                .getLoadbalancer();
        assertThat(first.getName()).isEqualTo("batch-0001");
        assertThat(first.getVipAddress()).isNotEmpty();
        var job = sdk.showJob(new ShowJobRequest().withJobId(made.getJobId())).getJob();
        assertThat(job.getJobId()).isEqualTo(made.getJobId());
        assertThat(job.getJobType()).isEqualTo("BATCH_CREATE_LOADBALANCER");
        assertThat(job.getStatus()).isEqualTo(MainJob.StatusEnum.SUCCESS);
        assertThat(job.getProjectId()).isEqualTo(TestInstance.PROJECT_ID);
        assertThat(job.getResourceId()).isEqualTo(first.getId());
        assertThat(job.getBeginTime()).matches(TIMESTAMP);
        assertThat(job.getEndTime()).matches(TIMESTAMP);
        assertThat(job.getErrorCode()).isEmpty();
        assertThat(job.getErrorMsg()).isEmpty();
        assertThat(job.getSubJobs()).hasSize(2);
        var part = job.getSubJobs().getFirst();
        assertThat(part.getStatus()).isEqualTo(SubJob.StatusEnum.SUCCESS);
        assertThat(part.getEntities().getFirst().getResourceId()).isEqualTo(first.getId());
        assertThat(part.getEntities().getFirst().getResourceType()).isEqualTo("loadbalancer");
        assertThat(sdk.listJobs(new ListJobsRequest()
                                .withJobId(made.getJobId())
                                .withJobType("BATCH_CREATE_LOADBALANCER")
                                .withStatus("SUCCESS")
                                .withResourceId(first.getId())
                                .withBeginTime("2020-01-01T00:00:00"))
                        .getJobs())
                .containsExactly(job);
        assertThat(sdk.listJobs(new ListJobsRequest().withJobId(made.getJobId()).withErrorCode("ELB.8907"))
                        .getJobs())
                .isEmpty();
    }

    @Test
    void copiesALoadBalancer() {
        var made = sdk.cloneLoadbalancer(new CloneLoadbalancerRequest()
                .withLoadbalancerId(loadBalancer)
                .withBody(new CloneLoadbalancerRequestBody()
                        .withCount(1)
                        .withTargetLoadbalancerParam(new TargetLoadbalancerParam()
                                .withName("twin")
                                .withAvailabilityZoneList(List.of("az-2"))
                                .withVipSubnetCidrId(cloud.vipSubnetId())
                                .withVipAddress(cloud.vip(99))
                                .withElbVirsubnetIds(List.of(cloud.serverSubnetId()))
                                .withReusePool(false)
                                .withGuaranteed(true))));

        assertThat(made.getLoadbalancerList()).hasSize(1);
        var twin = sdk.showLoadBalancer(new ShowLoadBalancerRequest()
                        .withLoadbalancerId(
                                made.getLoadbalancerList().getFirst().getId()))
                .getLoadbalancer();
        assertThat(twin.getName()).isEqualTo("twin");
        assertThat(twin.getAvailabilityZoneList()).containsExactly("az-2");
        assertThat(twin.getVipAddress()).isEqualTo(cloud.vip(99));
        assertThat(twin.getElbVirsubnetIds()).containsExactly(cloud.serverSubnetId());
        assertThat(twin.getListeners()).hasSize(1);
        assertThat(twin.getPools()).hasSize(1);
        assertThat(elb.members(twin.getPools().getFirst().getId()).getFirst().getWeight())
                .isEqualTo(5);
        assertThat(sdk.showJob(new ShowJobRequest().withJobId(made.getJobId()))
                        .getJob()
                        .getJobType())
                .isEqualTo("CLONE_LOADBALANCER");
    }

    @Test
    void tellsWhatIsStatic() {
        var features = sdk.listLoadbalancerFeature(
                        new ListLoadbalancerFeatureRequest().withLoadbalancerId(loadBalancer))
                .getFeatures();
        assertThat(features).hasSize(4);
        assertThat(features.getFirst().getFeature()).isEqualTo("dualstack");
        assertThat(features.getFirst().getType()).isEqualTo("bool");
        assertThat(features.getFirst().getValue()).isEqualTo("false");
        assertThat(sdk.listFeatureConfigs(new ListFeatureConfigsRequest()).getConfigs())
                .isEmpty();
        assertThat(sdk.countPreoccupyIpNum(new CountPreoccupyIpNumRequest())
                        .getPreoccupyIp()
                        .getTotal())
                .isZero();
    }
}
