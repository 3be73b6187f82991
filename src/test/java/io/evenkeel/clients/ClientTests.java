package io.evenkeel.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.TestInstance;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The vendor's clients of other languages, unmodified. Opt-in ({@code ./mvnw -Pclients verify}): they come from their
 * own registries, need Go and Python on the host, and Terraform's provider takes half an hour to build the first time.
 */
@Tag("clients")
@EvenkeelTest
class ClientTests {

    @Autowired
    private Api api;

    private Cloud cloud;
    private Map<String, String> environment;

    @BeforeEach
    void createCloud() {
        cloud = Cloud.create(api);
        cloud.server(1);
        environment = new HashMap<>(Map.of(
                "ELB_ENDPOINT", api.root(),
                "ELB_ACCESS_KEY", TestInstance.ACCESS_KEY,
                "ELB_SECRET_KEY", TestInstance.SECRET_KEY,
                "ELB_PROJECT_ID", TestInstance.PROJECT_ID,
                "ELB_VIP_SUBNET_ID", cloud.vipSubnetId(),
                "ELB_SUBNET_ID", cloud.serverSubnetId(),
                "ELB_MEMBER_ADDRESS", cloud.address(1)));
    }

    @Test
    void theGoSdkWorks() {
        assertThat(Tool.of("go", environment).run("go", "run", ".")).contains("go sdk: ok");
        assertNothingIsLeft();
    }

    @Test
    void thePythonSdkWorks() {
        var python = Tool.of("python", environment);
        if (!python.has("venv/bin/pip")) {
            python.run("python3", "-m", "venv", "venv");
        }
        python.run("venv/bin/pip", "install", "--quiet", "-r", "requirements.txt");

        assertThat(python.run("venv/bin/python", "smoke.py")).contains("python sdk: ok");
        assertNothingIsLeft();
    }

    /** Creates, finds nothing to do, changes one thing, finds nothing to do, destroys. */
    @Test
    void terraformAppliesOnceAndDestroys() {
        environment.putAll(Map.of(
                "TF_CLI_CONFIG_FILE", "terraform.rc",
                "TF_VAR_endpoint", api.root(),
                "TF_VAR_access_key", TestInstance.ACCESS_KEY,
                "TF_VAR_secret_key", TestInstance.SECRET_KEY,
                "TF_VAR_project_id", TestInstance.PROJECT_ID,
                "TF_VAR_vpc_id", cloud.vpcId(),
                "TF_VAR_vip_subnet_id", cloud.vipSubnetId(),
                "TF_VAR_subnet_id", cloud.serverSubnetId(),
                "TF_VAR_member_address", cloud.address(1)));
        var terraform = Tool.of("terraform", environment);
        terraform.run("sh", "build.sh");
        terraform.run("rm", "-f", "terraform.tfstate", "terraform.tfstate.backup");

        terraform.run("bin/tofu", "apply", "-auto-approve", "-no-color");
        assertThat(terraform.tryRun("bin/tofu", "plan", "-detailed-exitcode", "-no-color"))
                .as("the plan after the first apply")
                .returns(0, Tool.Run::status);
        terraform.run("bin/tofu", "apply", "-auto-approve", "-no-color", "-var", "weight=9");
        assertThat(terraform.tryRun("bin/tofu", "plan", "-detailed-exitcode", "-no-color", "-var", "weight=9"))
                .as("the plan after the change")
                .returns(0, Tool.Run::status);
        terraform.run("bin/tofu", "destroy", "-auto-approve", "-no-color");
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        var left = api.get(api.elb("/loadbalancers?vpc_id=" + cloud.vpcId())).expect(200);
        assertThat(left.path("loadbalancers")).isEmpty();
    }
}
