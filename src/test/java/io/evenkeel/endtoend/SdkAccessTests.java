package io.evenkeel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import com.huaweicloud.sdk.elb.v3.ElbClient;
import com.huaweicloud.sdk.elb.v3.model.BatchDeleteIpListOption;
import com.huaweicloud.sdk.elb.v3.model.BatchDeleteIpListRequest;
import com.huaweicloud.sdk.elb.v3.model.BatchDeleteIpListRequestBody;
import com.huaweicloud.sdk.elb.v3.model.CreateIpGroupIpOption;
import com.huaweicloud.sdk.elb.v3.model.CreateIpGroupOption;
import com.huaweicloud.sdk.elb.v3.model.CreateIpGroupRequest;
import com.huaweicloud.sdk.elb.v3.model.CreateIpGroupRequestBody;
import com.huaweicloud.sdk.elb.v3.model.CreateListenerIpGroupOption;
import com.huaweicloud.sdk.elb.v3.model.CreateListenerOption;
import com.huaweicloud.sdk.elb.v3.model.CreateListenerRequest;
import com.huaweicloud.sdk.elb.v3.model.CreateListenerRequestBody;
import com.huaweicloud.sdk.elb.v3.model.CreateLogtankOption;
import com.huaweicloud.sdk.elb.v3.model.CreateLogtankRequest;
import com.huaweicloud.sdk.elb.v3.model.CreateLogtankRequestBody;
import com.huaweicloud.sdk.elb.v3.model.DeleteIpGroupRequest;
import com.huaweicloud.sdk.elb.v3.model.DeleteListenerRequest;
import com.huaweicloud.sdk.elb.v3.model.DeleteLogtankRequest;
import com.huaweicloud.sdk.elb.v3.model.IpGroup;
import com.huaweicloud.sdk.elb.v3.model.IpGroupIp;
import com.huaweicloud.sdk.elb.v3.model.IpInfo;
import com.huaweicloud.sdk.elb.v3.model.ListIpGroupsRequest;
import com.huaweicloud.sdk.elb.v3.model.ListLogtanksRequest;
import com.huaweicloud.sdk.elb.v3.model.ListenerRef;
import com.huaweicloud.sdk.elb.v3.model.Logtank;
import com.huaweicloud.sdk.elb.v3.model.ShowIpGroupRelatedListenersRequest;
import com.huaweicloud.sdk.elb.v3.model.ShowIpGroupRequest;
import com.huaweicloud.sdk.elb.v3.model.ShowListenerRequest;
import com.huaweicloud.sdk.elb.v3.model.ShowLoadBalancerRequest;
import com.huaweicloud.sdk.elb.v3.model.ShowLogtankRequest;
import com.huaweicloud.sdk.elb.v3.model.UpadateIpGroupIpOption;
import com.huaweicloud.sdk.elb.v3.model.UpdateIpGroupOption;
import com.huaweicloud.sdk.elb.v3.model.UpdateIpGroupRequest;
import com.huaweicloud.sdk.elb.v3.model.UpdateIpGroupRequestBody;
import com.huaweicloud.sdk.elb.v3.model.UpdateIpListOption;
import com.huaweicloud.sdk.elb.v3.model.UpdateIpListRequest;
import com.huaweicloud.sdk.elb.v3.model.UpdateIpListRequestBody;
import com.huaweicloud.sdk.elb.v3.model.UpdateLogtankOption;
import com.huaweicloud.sdk.elb.v3.model.UpdateLogtankRequest;
import com.huaweicloud.sdk.elb.v3.model.UpdateLogtankRequestBody;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.ElbSdk;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.TestInstance;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The vendor's official SDK, unmodified, drives every operation of IP groups and logtanks; answers field by field. */
@EvenkeelTest
class SdkAccessTests {

    private static final String TIMESTAMP = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";

    private final Cloud cloud;
    private final ElbClient sdk;
    private final Elb elb;

    @Autowired
    SdkAccessTests(Api api) {
        cloud = Cloud.create(api);
        elb = new Elb(api.root());
        sdk = ElbSdk.of(api);
    }

    private IpGroup createGroup(String name) {
        return sdk.createIpGroup(new CreateIpGroupRequest()
                        .withBody(new CreateIpGroupRequestBody()
                                .withIpgroup(new CreateIpGroupOption()
                                        .withName(name)
                                        .withDescription("who may connect")
                                        .withProjectId(TestInstance.PROJECT_ID)
                                        .withIpList(List.of(
                                                new CreateIpGroupIpOption()
                                                        .withIp("2001:0DB8:02de::0e12-2001:0DB8:02de::0e13")
                                                        .withDescription("lab"),
                                                new CreateIpGroupIpOption().withIp("192.168.0.0/16"))))))
                .getIpgroup();
    }

    private static List<String> ips(IpGroup group) {
        return group.getIpList().stream().map(IpInfo::getIp).toList();
    }

    @Test
    void keepsTheFieldsOfAnIpGroup() {
        var name = "group " + UUID.randomUUID();
        var made = createGroup(name);

        assertThat(made.getName()).isEqualTo(name);
        assertThat(made.getDescription()).isEqualTo("who may connect");
        assertThat(made.getProjectId()).isEqualTo(TestInstance.PROJECT_ID);
        assertThat(made.getEnterpriseProjectId()).isEqualTo("0");
        assertThat(made.getListeners()).isEmpty();
        assertThat(made.getCreatedAt()).matches(TIMESTAMP);
        assertThat(made.getUpdatedAt()).isEqualTo(made.getCreatedAt());
        assertThat(made.getIpList())
                .containsExactly(
                        new IpInfo()
                                .withIp("2001:db8:2de::e12-2001:db8:2de::e13")
                                .withDescription("lab"),
                        new IpInfo().withIp("192.168.0.0/16").withDescription(""));
        assertThat(sdk.showIpGroup(new ShowIpGroupRequest().withIpgroupId(made.getId()))
                        .getIpgroup())
                .isEqualTo(made);
        var page = sdk.listIpGroups(new ListIpGroupsRequest()
                .withName(List.of(name))
                .withDescription(List.of("who may connect"))
                .withId(List.of(made.getId()))
                .withIpList(List.of("192.168.0.0/16,10.0.0.1"))
                .withEnterpriseProjectId(List.of("0"))
                .withLimit(1));
        assertThat(page.getIpgroups()).containsExactly(made);
        assertThat(page.getPageInfo().getCurrentCount()).isEqualTo(1);
    }

    @Test
    void changesTheListOfAnIpGroup() {
        var id = createGroup("list").getId();

        var replaced = sdk.updateIpGroup(new UpdateIpGroupRequest()
                        .withIpgroupId(id)
                        .withBody(new UpdateIpGroupRequestBody()
                                .withIpgroup(new UpdateIpGroupOption()
                                        .withName("new")
                                        .withDescription("")
                                        .withIpList(List.of(new UpadateIpGroupIpOption().withIp("10.0.0.1"))))))
                .getIpgroup();
        assertThat(replaced.getName()).isEqualTo("new");
        assertThat(replaced.getDescription()).isEmpty();
        assertThat(ips(replaced)).containsExactly("10.0.0.1");

        var grown = sdk.updateIpList(new UpdateIpListRequest()
                        .withIpgroupId(id)
                        .withBody(new UpdateIpListRequestBody()
                                .withIpgroup(new UpdateIpListOption()
                                        .withDescription("grown")
                                        .withIpList(List.of(
                                                new UpadateIpGroupIpOption()
                                                        .withIp("10.0.0.1")
                                                        .withDescription("door"),
                                                new UpadateIpGroupIpOption().withIp("::1"))))))
                .getIpgroup();
        assertThat(grown.getDescription()).isEqualTo("grown");
        assertThat(grown.getIpList())
                .containsExactly(
                        new IpInfo().withIp("10.0.0.1").withDescription("door"),
                        new IpInfo().withIp("::1").withDescription(""));

        var shrunk = sdk.batchDeleteIpList(new BatchDeleteIpListRequest()
                        .withIpgroupId(id)
                        .withBody(new BatchDeleteIpListRequestBody()
                                .withIpgroup(new BatchDeleteIpListOption()
                                        .withIpList(List.of(new IpGroupIp().withIp("10.0.0.1"))))))
                .getIpgroup();
        assertThat(ips(shrunk)).containsExactly("::1");
    }

    @Test
    void letsAListenerUseAnIpGroup() {
        var group = createGroup("used").getId();
        var loadBalancer = elb.createLoadBalancer(cloud).getId();
        var option = new CreateListenerOption()
                .withLoadbalancerId(loadBalancer)
                .withProtocol("TCP")
                .withProtocolPort(5000)
                .withIpgroup(new CreateListenerIpGroupOption()
                        .withIpgroupId(group)
                        .withEnableIpgroup(false)
                        .withType(CreateListenerIpGroupOption.TypeEnum.BLACK));
        var listener = sdk.createListener(
                        new CreateListenerRequest().withBody(new CreateListenerRequestBody().withListener(option)))
                .getListener()
                .getId();

        var shown = sdk.showListener(new ShowListenerRequest().withListenerId(listener))
                .getListener()
                .getIpgroup();
        assertThat(shown.getIpgroupId()).isEqualTo(group);
        assertThat(shown.getEnableIpgroup()).isFalse();
        assertThat(shown.getType()).isEqualTo("black");
        assertThat(sdk.showIpGroupRelatedListeners(new ShowIpGroupRelatedListenersRequest().withIpgroupId(group))
                        .getListeners())
                .containsExactly(new ListenerRef().withId(listener));
        assertThatThrownBy(() -> sdk.deleteIpGroup(new DeleteIpGroupRequest().withIpgroupId(group)))
                .isInstanceOfSatisfying(ServiceResponseException.class, refusal -> {
                    assertThat(refusal.getHttpStatusCode()).isEqualTo(409);
                    assertThat(refusal.getErrorCode()).isEqualTo("ELB.8907");
                });
        sdk.deleteListener(new DeleteListenerRequest().withListenerId(listener));
        assertThat(sdk.deleteIpGroup(new DeleteIpGroupRequest().withIpgroupId(group))
                        .getHttpStatusCode())
                .isEqualTo(204);
    }

    @Test
    void keepsTheFieldsOfALogtank() {
        var loadBalancer = elb.createLoadBalancer(cloud).getId();
        var made = sdk.createLogtank(new CreateLogtankRequest()
                        .withBody(new CreateLogtankRequestBody()
                                .withLogtank(new CreateLogtankOption()
                                        .withLoadbalancerId(loadBalancer)
                                        .withLogGroupId("group")
                                        .withLogTopicId("topic"))))
                .getLogtank();

        assertThat(made)
                .isEqualTo(new Logtank()
                        .withId(made.getId())
                        .withProjectId(TestInstance.PROJECT_ID)
                        .withLoadbalancerId(loadBalancer)
                        .withLogGroupId("group")
                        .withLogTopicId("topic"));
        var id = made.getId();
        assertThat(sdk.showLogtank(new ShowLogtankRequest().withLogtankId(id)).getLogtank())
                .isEqualTo(made);
        var owner = sdk.showLoadBalancer(new ShowLoadBalancerRequest().withLoadbalancerId(loadBalancer))
                .getLoadbalancer();
        assertThat(owner.getLogGroupId()).isEqualTo("group");
        assertThat(owner.getLogTopicId()).isEqualTo("topic");
        var changed = sdk.updateLogtank(new UpdateLogtankRequest()
                        .withLogtankId(id)
                        .withBody(new UpdateLogtankRequestBody()
                                .withLogtank(new UpdateLogtankOption()
                                        .withLogGroupId("other group")
                                        .withLogTopicId("other topic"))))
                .getLogtank();
        assertThat(changed).isEqualTo(made.withLogGroupId("other group").withLogTopicId("other topic"));
        var page = sdk.listLogtanks(new ListLogtanksRequest()
                .withId(List.of(id))
                .withLoadbalancerId(List.of(loadBalancer))
                .withLogGroupId(List.of("other group"))
                .withLogTopicId(List.of("other topic"))
                .withEnterpriseProjectId(List.of("0"))
                .withLimit(1));
        assertThat(page.getLogtanks()).containsExactly(changed);
        assertThat(page.getPageInfo().getCurrentCount()).isEqualTo(1);
        assertThat(sdk.deleteLogtank(new DeleteLogtankRequest().withLogtankId(id))
                        .getHttpStatusCode())
                .isEqualTo(204);
    }
}
