package io.evenkeel.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import com.huaweicloud.sdk.elb.v3.ElbClient;
import com.huaweicloud.sdk.elb.v3.model.BatchUpdatePoliciesPriorityRequest;
import com.huaweicloud.sdk.elb.v3.model.BatchUpdatePoliciesPriorityRequestBody;
import com.huaweicloud.sdk.elb.v3.model.BatchUpdatePriorityRequestBody;
import com.huaweicloud.sdk.elb.v3.model.CreateFixtedResponseConfig;
import com.huaweicloud.sdk.elb.v3.model.CreateL7PolicyOption;
import com.huaweicloud.sdk.elb.v3.model.CreateL7PolicyRequest;
import com.huaweicloud.sdk.elb.v3.model.CreateL7PolicyRequestBody;
import com.huaweicloud.sdk.elb.v3.model.CreateL7PolicyRuleOption;
import com.huaweicloud.sdk.elb.v3.model.CreateL7RuleRequest;
import com.huaweicloud.sdk.elb.v3.model.CreateL7RuleRequestBody;
import com.huaweicloud.sdk.elb.v3.model.CreateRedirectPoolsConfig;
import com.huaweicloud.sdk.elb.v3.model.CreateRedirectPoolsStickySessionConfig;
import com.huaweicloud.sdk.elb.v3.model.CreateRedirectUrlConfig;
import com.huaweicloud.sdk.elb.v3.model.CreateRuleCondition;
import com.huaweicloud.sdk.elb.v3.model.CreateRuleOption;
import com.huaweicloud.sdk.elb.v3.model.DeleteL7PolicyRequest;
import com.huaweicloud.sdk.elb.v3.model.DeleteL7RuleRequest;
import com.huaweicloud.sdk.elb.v3.model.L7Policy;
import com.huaweicloud.sdk.elb.v3.model.L7Rule;
import com.huaweicloud.sdk.elb.v3.model.ListL7PoliciesRequest;
import com.huaweicloud.sdk.elb.v3.model.ListL7RulesRequest;
import com.huaweicloud.sdk.elb.v3.model.RedirectPoolsConfig;
import com.huaweicloud.sdk.elb.v3.model.RuleCondition;
import com.huaweicloud.sdk.elb.v3.model.RuleRef;
import com.huaweicloud.sdk.elb.v3.model.ShowL7PolicyRequest;
import com.huaweicloud.sdk.elb.v3.model.ShowL7RuleRequest;
import com.huaweicloud.sdk.elb.v3.model.UpdateL7PolicyOption;
import com.huaweicloud.sdk.elb.v3.model.UpdateL7PolicyRequest;
import com.huaweicloud.sdk.elb.v3.model.UpdateL7PolicyRequestBody;
import com.huaweicloud.sdk.elb.v3.model.UpdateL7RuleOption;
import com.huaweicloud.sdk.elb.v3.model.UpdateL7RuleRequest;
import com.huaweicloud.sdk.elb.v3.model.UpdateL7RuleRequestBody;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.ElbSdk;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.TestInstance;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The vendor's official SDK, unmodified, drives every operation of policies and rules; answers field by field. */
@EvenkeelTest
class SdkPolicyTests {

    private static final String TIMESTAMP = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";

    private final Ground ground;
    private final ElbClient sdk;

    @Autowired
    SdkPolicyTests(Api api) {
        ground = new Ground(api);
        sdk = ElbSdk.of(api);
    }

    private L7Policy create(CreateL7PolicyOption option) {
        return sdk.createL7Policy(
                        new CreateL7PolicyRequest().withBody(new CreateL7PolicyRequestBody().withL7policy(option)))
                .getL7policy();
    }

    private L7Policy show(String id) {
        return sdk.showL7Policy(new ShowL7PolicyRequest().withL7policyId(id)).getL7policy();
    }

    @Test
    void keepsTheFieldsOfAPolicyToPools() {
        var listener = ground.advanced();
        var one = ground.pool();
        var two = ground.pool();
        var made = create(new CreateL7PolicyOption()
                .withAction("REDIRECT_TO_POOL")
                .withListenerId(listener)
                .withName("canary")
                .withDescription("a tenth")
                .withAdminStateUp(true)
                .withProjectId(TestInstance.PROJECT_ID)
                .withPriority(7)
                .withRedirectPoolsConfig(List.of(
                        new CreateRedirectPoolsConfig().withPoolId(one).withWeight("90"),
                        new CreateRedirectPoolsConfig().withPoolId(two).withWeight("10")))
                .withRedirectPoolsStickySessionConfig(new CreateRedirectPoolsStickySessionConfig()
                        .withEnable(true)
                        .withTimeout(30))
                .withRules(List.of(new CreateL7PolicyRuleOption()
                        .withType("HEADER")
                        .withCompareType("EQUAL_TO")
                        .withValue("any")
                        .withConditions(List.of(
                                new CreateRuleCondition().withKey("X-Canary").withValue("y*"))))));
        assertThat(made.getAction()).isEqualTo("REDIRECT_TO_POOL");
        assertThat(made.getListenerId()).isEqualTo(listener);
        assertThat(made.getName()).isEqualTo("canary");
        assertThat(made.getDescription()).isEqualTo("a tenth");
        assertThat(made.getAdminStateUp()).isTrue();
        assertThat(made.getProjectId()).isEqualTo(TestInstance.PROJECT_ID);
        assertThat(made.getPriority()).isEqualTo(7);
        assertThat(made.getPosition()).isEqualTo(100);
        assertThat(made.getProvisioningStatus()).isEqualTo("ACTIVE");
        assertThat(made.getRedirectPoolId()).isNull();
        assertThat(made.getRedirectListenerId()).isNull();
        assertThat(made.getRedirectUrl()).isNull();
        assertThat(made.getRedirectPoolsConfig())
                .containsExactly(
                        new RedirectPoolsConfig().withPoolId(one).withWeight(90),
                        new RedirectPoolsConfig().withPoolId(two).withWeight(10));
        assertThat(made.getRedirectPoolsStickySessionConfig().getEnable()).isTrue();
        assertThat(made.getRedirectPoolsStickySessionConfig().getTimeout()).isEqualTo(30);
        assertThat(made.getRules()).hasSize(1);
        assertThat(made.getCreatedAt()).matches(TIMESTAMP);
        assertThat(made.getUpdatedAt()).matches(TIMESTAMP);
        assertThat(made.getEnterpriseProjectId()).isEqualTo("0");
        assertThat(show(made.getId())).isEqualTo(made);

        sdk.batchUpdatePoliciesPriority(new BatchUpdatePoliciesPriorityRequest()
                .withBody(new BatchUpdatePoliciesPriorityRequestBody()
                        .withL7policies(List.of(new BatchUpdatePriorityRequestBody()
                                .withId(made.getId())
                                .withPriority(9)))));
        assertThat(show(made.getId()).getPriority()).isEqualTo(9);
        var listed = sdk.listL7Policies(new ListL7PoliciesRequest()
                        .withListenerId(List.of(listener))
                        .withPriority(List.of(9))
                        .withPosition(List.of(100))
                        .withDisplayAllRules(true))
                .getL7policies();
        assertThat(listed).extracting(L7Policy::getId).containsExactly(made.getId());
    }

    @Test
    void keepsTheFieldsOfRedirectsAndFixedResponses() {
        var listener = ground.advanced();
        var redirect = create(new CreateL7PolicyOption()
                        .withAction("REDIRECT_TO_URL")
                        .withListenerId(listener)
                        .withRedirectUrlConfig(new CreateRedirectUrlConfig()
                                .withStatusCode(CreateRedirectUrlConfig.StatusCodeEnum._308)
                                .withHost("new.example.com")))
                .getRedirectUrlConfig();
        assertThat(redirect.getStatusCode().getValue()).isEqualTo("308");
        assertThat(redirect.getProtocol().getValue()).isEqualTo("${protocol}");
        assertThat(redirect.getHost()).isEqualTo("new.example.com");
        assertThat(redirect.getPort()).isEqualTo("${port}");
        assertThat(redirect.getPath()).isEqualTo("${path}");
        assertThat(redirect.getQuery()).isEqualTo("${query}");
        var fixed = create(new CreateL7PolicyOption()
                        .withAction("FIXED_RESPONSE")
                        .withListenerId(listener)
                        .withFixedResponseConfig(new CreateFixtedResponseConfig()
                                .withStatusCode("503")
                                .withMessageBody("back soon")))
                .getFixedResponseConfig();
        assertThat(fixed.getStatusCode()).isEqualTo("503");
        assertThat(fixed.getContentType().getValue()).isEqualTo("text/plain");
        assertThat(fixed.getMessageBody()).isEqualTo("back soon");
    }

    @Test
    void changesAndDeletesPoliciesAndRules() {
        var policy = ground.policy(ground.advanced(), Map.of());
        var rule = sdk.createL7Rule(new CreateL7RuleRequest()
                        .withL7policyId(policy)
                        .withBody(new CreateL7RuleRequestBody()
                                .withRule(new CreateRuleOption()
                                        .withType("PATH")
                                        .withCompareType("STARTS_WITH")
                                        .withValue("/shop"))))
                .getRule();
        assertThat(rule.getType()).isEqualTo(L7Rule.TypeEnum.PATH);
        assertThat(rule.getCompareType()).isEqualTo("STARTS_WITH");
        assertThat(rule.getValue()).isEqualTo("/shop");
        assertThat(rule.getKey()).isNull();
        assertThat(rule.getInvert()).isFalse();
        assertThat(rule.getAdminStateUp()).isTrue();
        assertThat(rule.getProjectId()).isEqualTo(TestInstance.PROJECT_ID);
        assertThat(rule.getProvisioningStatus()).isEqualTo("ACTIVE");
        assertThat(rule.getConditions()).isEmpty();
        assertThat(rule.getCreatedAt()).matches(TIMESTAMP);
        assertThat(show(policy).getRules()).containsExactly(new RuleRef().withId(rule.getId()));
        assertThat(sdk.showL7Rule(new ShowL7RuleRequest().withL7policyId(policy).withL7ruleId(rule.getId()))
                        .getRule())
                .isEqualTo(rule);
        assertThat(sdk.listL7Rules(new ListL7RulesRequest()
                                .withL7policyId(policy)
                                .withType(List.of("PATH"))
                                .withInvert(false))
                        .getRules())
                .containsExactly(rule);
        var changed = sdk.updateL7Rule(new UpdateL7RuleRequest()
                        .withL7policyId(policy)
                        .withL7ruleId(rule.getId())
                        .withBody(new UpdateL7RuleRequestBody()
                                .withRule(new UpdateL7RuleOption().withCompareType("EQUAL_TO"))))
                .getRule();
        assertThat(changed.getCompareType()).isEqualTo("EQUAL_TO");

        var replaced = sdk.updateL7Policy(new UpdateL7PolicyRequest()
                        .withL7policyId(policy)
                        .withBody(new UpdateL7PolicyRequestBody()
                                .withL7policy(new UpdateL7PolicyOption()
                                        .withName("renamed")
                                        .withRules(List.of(new CreateRuleOption()
                                                .withType("METHOD")
                                                .withCompareType("EQUAL_TO")
                                                .withValue("any")
                                                .withConditions(
                                                        List.of(new CreateRuleCondition().withValue("GET"))))))))
                .getL7policy();
        assertThat(replaced.getName()).isEqualTo("renamed");
        var left =
                sdk.listL7Rules(new ListL7RulesRequest().withL7policyId(policy)).getRules();
        assertThat(left).hasSize(1);
        assertThat(left.getFirst().getConditions())
                .containsExactly(new RuleCondition().withKey("").withValue("GET"));
        sdk.deleteL7Rule(new DeleteL7RuleRequest()
                .withL7policyId(policy)
                .withL7ruleId(left.getFirst().getId()));
        assertThat(show(policy).getRules()).isEmpty();
        sdk.deleteL7Policy(new DeleteL7PolicyRequest().withL7policyId(policy));
        assertThatThrownBy(() -> show(policy)).isInstanceOf(ServiceResponseException.class);
    }
}
