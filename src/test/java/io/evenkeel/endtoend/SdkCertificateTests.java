package io.evenkeel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import com.huaweicloud.sdk.elb.v3.ElbClient;
import com.huaweicloud.sdk.elb.v3.model.CertificateInfo;
import com.huaweicloud.sdk.elb.v3.model.CreateCertificateOption;
import com.huaweicloud.sdk.elb.v3.model.CreateCertificateOption.TypeEnum;
import com.huaweicloud.sdk.elb.v3.model.CreateCertificatePrivateKeyEchoRequest;
import com.huaweicloud.sdk.elb.v3.model.CreateCertificatePrivateKeyEchoRequestBody;
import com.huaweicloud.sdk.elb.v3.model.CreateCertificateRequest;
import com.huaweicloud.sdk.elb.v3.model.CreateCertificateRequestBody;
import com.huaweicloud.sdk.elb.v3.model.CreateListenerOption;
import com.huaweicloud.sdk.elb.v3.model.CreateListenerRequest;
import com.huaweicloud.sdk.elb.v3.model.CreateListenerRequestBody;
import com.huaweicloud.sdk.elb.v3.model.CreateLoadBalancerOption;
import com.huaweicloud.sdk.elb.v3.model.CreateLoadBalancerRequest;
import com.huaweicloud.sdk.elb.v3.model.CreateLoadBalancerRequestBody;
import com.huaweicloud.sdk.elb.v3.model.CreateSecurityPolicyOption;
import com.huaweicloud.sdk.elb.v3.model.CreateSecurityPolicyRequest;
import com.huaweicloud.sdk.elb.v3.model.CreateSecurityPolicyRequestBody;
import com.huaweicloud.sdk.elb.v3.model.DeleteCertificateRequest;
import com.huaweicloud.sdk.elb.v3.model.DeleteListenerRequest;
import com.huaweicloud.sdk.elb.v3.model.DeleteSecurityPolicyRequest;
import com.huaweicloud.sdk.elb.v3.model.ListCertificatesRequest;
import com.huaweicloud.sdk.elb.v3.model.ListListenersRequest;
import com.huaweicloud.sdk.elb.v3.model.ListSecurityPoliciesRequest;
import com.huaweicloud.sdk.elb.v3.model.ListSystemSecurityPoliciesRequest;
import com.huaweicloud.sdk.elb.v3.model.ListenerRef;
import com.huaweicloud.sdk.elb.v3.model.SecurityPolicy;
import com.huaweicloud.sdk.elb.v3.model.ShowCertificatePrivateKeyEchoRequest;
import com.huaweicloud.sdk.elb.v3.model.ShowCertificateRequest;
import com.huaweicloud.sdk.elb.v3.model.ShowSecurityPolicyRequest;
import com.huaweicloud.sdk.elb.v3.model.UpdateCertificateOption;
import com.huaweicloud.sdk.elb.v3.model.UpdateCertificateRequest;
import com.huaweicloud.sdk.elb.v3.model.UpdateCertificateRequestBody;
import com.huaweicloud.sdk.elb.v3.model.UpdateSecurityPolicyOption;
import com.huaweicloud.sdk.elb.v3.model.UpdateSecurityPolicyRequest;
import com.huaweicloud.sdk.elb.v3.model.UpdateSecurityPolicyRequestBody;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.ElbSdk;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Pki;
import io.evenkeel.testing.Pki.Issued;
import io.evenkeel.testing.Pki.Wish;
import io.evenkeel.testing.TestInstance;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The vendor's SDK, unmodified, drives certificates and security policies; answers field by field. */
@EvenkeelTest
class SdkCertificateTests {

    private static final String TIMESTAMP = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";
    private static final Issued FIRST =
            Pki.selfSigned(Wish.of("first.example").names("first.example", "www.first.example"));
    private static final Issued SECOND =
            Pki.selfSigned(Wish.of("second.example").keys(Pki.rsa(2048, 1)).authority());

    private final Api api;
    private final ElbClient sdk;

    @Autowired
    SdkCertificateTests(Api api) {
        this.api = api;
        sdk = ElbSdk.of(api);
    }

    @Test
    void certificates() {
        var name = "sdk-" + UUID.randomUUID();
        var made = create(new CreateCertificateOption()
                .withName(name)
                .withDescription("made by the SDK")
                .withAdminStateUp(true)
                .withType(TypeEnum.SERVER)
                .withProjectId(TestInstance.PROJECT_ID)
                .withCertificate(FIRST.pem())
                .withPrivateKey(FIRST.key())
                .withDomain("first.example,*.first.example")
                .withScmCertificateId("scm-1"));
        assertThat(made.getId()).matches("[0-9a-f]{32}");
        assertThat(made.getName()).isEqualTo(name);
        assertThat(made.getDescription()).isEqualTo("made by the SDK");
        assertThat(made.getAdminStateUp()).isTrue();
        assertThat(made.getType()).isEqualTo("server");
        assertThat(made.getProjectId()).isEqualTo(TestInstance.PROJECT_ID);
        assertThat(made.getCertificate()).isEqualTo(FIRST.pem());
        assertThat(made.getPrivateKey()).isNull();
        assertThat(made.getDomain()).isEqualTo("first.example,*.first.example");
        assertThat(made.getScmCertificateId()).isEqualTo("scm-1");
        assertThat(made.getCommonName()).isEqualTo("first.example");
        assertThat(made.getSubjectAlternativeNames()).containsExactly("first.example", "www.first.example");
        assertThat(made.getFingerprint()).matches("[0-9a-f]{64}");
        assertThat(made.getExpireTime())
                .isEqualTo(FIRST.certificate().getNotAfter().toInstant().toString());
        assertThat(made.getCreatedAt()).matches(TIMESTAMP);
        assertThat(made.getUpdatedAt()).isEqualTo(made.getCreatedAt());
        assertThat(made.getEncCertificate()).isNull();
        assertThat(made.getEncPrivateKey()).isNull();
        assertThat(show(made.getId())).isEqualTo(made);

        var listed = sdk.listCertificates(new ListCertificatesRequest()
                .addIdItem(made.getId())
                .addNameItem(name)
                .addDescriptionItem("made by the SDK")
                .withAdminStateUp(true)
                .addDomainItem("*.first.example")
                .addTypeItem("server")
                .addScmCertificateIdItem("scm-1")
                .addCommonNameItem("first.example")
                .addFingerprintItem(made.getFingerprint())
                .withLimit(10));
        assertThat(listed.getCertificates()).containsExactly(made);
        assertThat(listed.getPageInfo().getCurrentCount()).isEqualTo(1);

        var changed = sdk.updateCertificate(new UpdateCertificateRequest()
                        .withCertificateId(made.getId())
                        .withBody(new UpdateCertificateRequestBody()
                                .withCertificate(new UpdateCertificateOption()
                                        .withName(name + "2")
                                        .withDescription("d")
                                        .withCertificate(SECOND.pem())
                                        .withPrivateKey(SECOND.traditionalKey())
                                        .withDomain("second.example")
                                        .withScmCertificateId("scm-2"))))
                .getCertificate();
        assertThat(changed.getName()).isEqualTo(name + "2");
        assertThat(changed.getDescription()).isEqualTo("d");
        assertThat(changed.getCertificate()).isEqualTo(SECOND.pem());
        assertThat(changed.getDomain()).isEqualTo("second.example");
        assertThat(changed.getScmCertificateId()).isEqualTo("scm-2");
        assertThat(changed.getCommonName()).isEqualTo("second.example");
        assertThat(changed.getSubjectAlternativeNames()).isEmpty();
        assertThat(show(made.getId())).isEqualTo(changed);

        sdk.deleteCertificate(new DeleteCertificateRequest().withCertificateId(made.getId()));
        assertThatThrownBy(() -> show(made.getId())).isInstanceOfSatisfying(ServiceResponseException.class, refusal -> {
            assertThat(refusal.getHttpStatusCode()).isEqualTo(404);
            assertThat(refusal.getErrorCode()).isEqualTo("ELB.8904");
            assertThat(refusal.getErrorMsg()).isEqualTo("certificate " + made.getId() + " could not be found.");
        });
    }

    @Test
    void theEchoOfPrivateKeys() {
        var made = create(
                new CreateCertificateOption().withCertificate(FIRST.pem()).withPrivateKey(FIRST.key()));
        try {
            assertThat(echo(true)).isTrue();
            assertThat(sdk.showCertificatePrivateKeyEcho(new ShowCertificatePrivateKeyEchoRequest())
                            .getPrivateKeyEcho())
                    .isTrue();
            assertThat(show(made.getId()).getPrivateKey()).isEqualTo(FIRST.key());
        } finally {
            assertThat(echo(false)).isFalse();
        }
        assertThat(sdk.showCertificatePrivateKeyEcho(new ShowCertificatePrivateKeyEchoRequest())
                        .getPrivateKeyEcho())
                .isFalse();
        assertThat(show(made.getId()).getPrivateKey()).isNull();
    }

    private boolean echo(boolean isOn) {
        return sdk.createCertificatePrivateKeyEcho(new CreateCertificatePrivateKeyEchoRequest()
                        .withBody(new CreateCertificatePrivateKeyEchoRequestBody().withPrivateKeyEcho(isOn)))
                .getPrivateKeyEcho();
    }

    @Test
    void securityPoliciesAndTheListenersThatUseThem() {
        var name = "sdk-" + UUID.randomUUID();
        var made = sdk.createSecurityPolicy(new CreateSecurityPolicyRequest()
                        .withBody(new CreateSecurityPolicyRequestBody()
                                .withSecurityPolicy(new CreateSecurityPolicyOption()
                                        .withName(name)
                                        .withDescription("d")
                                        .withProtocols(List.of("TLSv1.2"))
                                        .withCiphers(List.of(
                                                CreateSecurityPolicyOption.CiphersEnum.AES128_SHA,
                                                CreateSecurityPolicyOption.CiphersEnum.AES256_SHA)))))
                .getSecurityPolicy();
        assertThat(made.getId()).hasSize(36);
        assertThat(made.getName()).isEqualTo(name);
        assertThat(made.getDescription()).isEqualTo("d");
        assertThat(made.getProjectId()).isEqualTo(TestInstance.PROJECT_ID);
        assertThat(made.getProtocols()).containsExactly("TLSv1.2");
        assertThat(made.getCiphers()).containsExactly("AES128-SHA", "AES256-SHA");
        assertThat(made.getListeners()).isEmpty();
        assertThat(made.getCreatedAt()).matches(TIMESTAMP);
        assertThat(made.getUpdatedAt()).isEqualTo(made.getCreatedAt());

        var listed = sdk.listSecurityPolicies(new ListSecurityPoliciesRequest()
                .addIdItem(made.getId())
                .addNameItem(name)
                .addDescriptionItem("d")
                .addProtocolsItem("TLSv1.2")
                .addCiphersItem("AES256-SHA"));
        assertThat(listed.getSecurityPolicies()).containsExactly(made);

        var changed = sdk.updateSecurityPolicy(new UpdateSecurityPolicyRequest()
                        .withSecurityPolicyId(made.getId())
                        .withBody(new UpdateSecurityPolicyRequestBody()
                                .withSecurityPolicy(new UpdateSecurityPolicyOption()
                                        .withName(name + "2")
                                        .withDescription("e")
                                        .withProtocols(List.of("TLSv1.3"))
                                        .withCiphers(List.of(
                                                UpdateSecurityPolicyOption.CiphersEnum.TLS_AES_128_GCM_SHA256)))))
                .getSecurityPolicy();
        assertThat(changed.getName()).isEqualTo(name + "2");
        assertThat(changed.getDescription()).isEqualTo("e");
        assertThat(changed.getProtocols()).containsExactly("TLSv1.3");
        assertThat(changed.getCiphers()).containsExactly("TLS_AES_128_GCM_SHA256");

        var listenerId = listenerOf(made.getId());
        assertThat(showPolicy(made.getId()).getListeners()).containsExactly(new ListenerRef().withId(listenerId));
        assertThatThrownBy(() -> deletePolicy(made.getId()))
                .isInstanceOfSatisfying(
                        ServiceResponseException.class,
                        refusal -> assertThat(refusal.getErrorCode()).isEqualTo("ELB.8907"));
        sdk.deleteListener(new DeleteListenerRequest().withListenerId(listenerId));
        deletePolicy(made.getId());
        assertThatThrownBy(() -> showPolicy(made.getId())).isInstanceOf(ServiceResponseException.class);
    }

    private String listenerOf(String policyId) {
        var certificate = create(new CreateCertificateOption()
                        .withCertificate(FIRST.pem())
                        .withPrivateKey(FIRST.key())
                        .withDomain("sdk.example"))
                .getId();
        var authority = create(
                        new CreateCertificateOption().withType(TypeEnum.CLIENT).withCertificate(SECOND.pem()))
                .getId();
        var loadBalancerId = sdk.createLoadBalancer(new CreateLoadBalancerRequest()
                        .withBody(new CreateLoadBalancerRequestBody()
                                .withLoadbalancer(new CreateLoadBalancerOption()
                                        .withVipSubnetCidrId(Cloud.create(api).vipSubnetId())
                                        .withAvailabilityZoneList(List.of("az-1")))))
                .getLoadbalancer()
                .getId();
        var listener = sdk.createListener(new CreateListenerRequest()
                        .withBody(new CreateListenerRequestBody()
                                .withListener(new CreateListenerOption()
                                        .withLoadbalancerId(loadBalancerId)
                                        .withProtocol("HTTPS")
                                        .withProtocolPort(443)
                                        .withDefaultTlsContainerRef(certificate)
                                        .withClientCaTlsContainerRef(authority)
                                        .withSniContainerRefs(List.of(certificate))
                                        .withTlsCiphersPolicy("tls-1-2-strict")
                                        .withSecurityPolicyId(policyId))))
                .getListener();
        assertThat(listener.getDefaultTlsContainerRef()).isEqualTo(certificate);
        assertThat(listener.getClientCaTlsContainerRef()).isEqualTo(authority);
        assertThat(listener.getSniContainerRefs()).containsExactly(certificate);
        assertThat(listener.getTlsCiphersPolicy()).isEqualTo("tls-1-2-strict");
        assertThat(listener.getSecurityPolicyId()).isEqualTo(policyId);
        var found = sdk.listListeners(new ListListenersRequest()
                .addDefaultTlsContainerRefItem(certificate)
                .addClientCaTlsContainerRefItem(authority)
                .addTlsCiphersPolicyItem("tls-1-2-strict"));
        assertThat(found.getListeners()).hasSize(1);
        return listener.getId();
    }

    @Test
    void systemSecurityPolicies() {
        var policies = sdk.listSystemSecurityPolicies(new ListSystemSecurityPoliciesRequest())
                .getSystemSecurityPolicies();

        assertThat(policies).hasSize(10);
        var policy = policies.stream()
                .filter(one -> one.getName().equals("tls-1-2-fs-with-1-3"))
                .findFirst()
                .orElseThrow();
        assertThat(policy.getProjectId()).isEqualTo(TestInstance.PROJECT_ID);
        assertThat(policy.getProtocols()).isEqualTo("TLSv1.3 TLSv1.2");
        assertThat(policy.getCiphers().split(":")).hasSize(13).contains("TLS_AES_128_CCM_8_SHA256");
    }

    private CertificateInfo create(CreateCertificateOption option) {
        return sdk.createCertificate(new CreateCertificateRequest()
                        .withBody(new CreateCertificateRequestBody().withCertificate(option)))
                .getCertificate();
    }

    private CertificateInfo show(String id) {
        return sdk.showCertificate(new ShowCertificateRequest().withCertificateId(id))
                .getCertificate();
    }

    private SecurityPolicy showPolicy(String id) {
        return sdk.showSecurityPolicy(new ShowSecurityPolicyRequest().withSecurityPolicyId(id))
                .getSecurityPolicy();
    }

    private void deletePolicy(String id) {
        sdk.deleteSecurityPolicy(new DeleteSecurityPolicyRequest().withSecurityPolicyId(id));
    }
}
