package io.evenkeel.identity.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import com.huaweicloud.sdk.core.http.HttpConfig;
import com.huaweicloud.sdk.elb.v3.ElbClient;
import com.huaweicloud.sdk.elb.v3.model.CreateLoadBalancerOption;
import com.huaweicloud.sdk.elb.v3.model.CreateLoadBalancerRequest;
import com.huaweicloud.sdk.elb.v3.model.CreateLoadBalancerRequestBody;
import com.huaweicloud.sdk.elb.v3.model.ListLoadBalancersRequest;
import com.huaweicloud.sdk.elb.v3.model.ShowLoadBalancerRequest;
import io.evenkeel.identity.Secret;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.TestInstance;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The official Java SDK signs, the running service verifies. */
@EvenkeelTest
class SdkAuthenticationTests {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    @Autowired
    Api api;

    @Autowired
    Clock clock;

    private ElbClient client(String accessKey, String secretKey, String projectId) {
        return ElbClient.newBuilder()
                .withCredential(new BasicCredentials()
                        .withAk(accessKey)
                        .withSk(secretKey)
                        .withProjectId(projectId))
                .withEndpoints(List.of(api.root()))
                .withHttpConfig(HttpConfig.getDefaultHttpConfig())
                .build();
    }

    private ElbClient client() {
        return client(TestInstance.ACCESS_KEY, TestInstance.SECRET_KEY, TestInstance.PROJECT_ID);
    }

    private static int statusOf(Runnable call) {
        var refusal = catchThrowableOfType(ServiceResponseException.class, call::run);
        return refusal == null ? 200 : refusal.getHttpStatusCode();
    }

    private static void show(ElbClient client) {
        client.showLoadBalancer(new ShowLoadBalancerRequest()
                .withLoadbalancerId(UUID.randomUUID().toString()));
    }

    @Test
    void letsTheSdkIn() {
        assertThat(statusOf(() -> show(client()))).isEqualTo(404);
    }

    @Test
    void letsTheSdkInWithABodyAndWithRepeatedQueryNames() {
        var body = new CreateLoadBalancerRequestBody()
                .withLoadbalancer(new CreateLoadBalancerOption().withName("Überfluß & 名字 +%"));
        assertThat(statusOf(() -> client().createLoadBalancer(new CreateLoadBalancerRequest().withBody(body))))
                .isIn(400, 404);

        var query = new ListLoadBalancersRequest()
                .withName(List.of("b c+d/e=f&g*h~i%j", "名字", "a"))
                .withMemberAddress(List.of("203.0.113.250", "192.168.0.11"));
        assertThat(statusOf(() -> client().listLoadBalancers(query))).isIn(200, 404);
    }

    @Test
    void answersAnUnknownAccessKeyAndAWrongSecretAlike() {
        var unknown = catchThrowableOfType(
                ServiceResponseException.class,
                () -> show(client("AKUNKNOWN00000000001", TestInstance.SECRET_KEY, TestInstance.PROJECT_ID)));
        var wrong = catchThrowableOfType(
                ServiceResponseException.class,
                () -> show(client(TestInstance.ACCESS_KEY, "not the secret", TestInstance.PROJECT_ID)));

        assertThat(unknown.getHttpStatusCode()).isEqualTo(401);
        assertThat(wrong.getHttpStatusCode()).isEqualTo(401);
        assertThat(unknown.getErrorCode()).isEqualTo("APIGW.0301");
        assertThat(unknown.getErrorMsg()).isEqualTo(wrong.getErrorMsg()).endsWith("verify aksk signature fail.");
        assertThat(unknown.getRequestId()).matches("[0-9a-f]{32}");
    }

    @Test
    void refusesAClientBuiltWithoutAProject() {
        var refusal = catchThrowableOfType(
                ServiceResponseException.class,
                () -> show(client(TestInstance.ACCESS_KEY, TestInstance.SECRET_KEY, "{project_id}")));

        assertThat(refusal.getHttpStatusCode()).isEqualTo(400);
        assertThat(refusal.getErrorMsg()).contains("project_id");
    }

    @Test
    void looksAtTheSignatureFirstAndAtNothingElseThen() {
        var path = api.elb("/nothing");

        assertThat(api.send("GET", path, null, Map.of("Authorization", "SDK-HMAC-SHA256 nonsense"))
                        .status())
                .isEqualTo(401);
        assertThat(api.send("GET", path, null, Map.of("Authorization", "SDK-HMAC-SM3 Access=a"))
                        .status())
                .isEqualTo(401);
        assertThat(api.send("GET", path, null, Map.of("Authorization", "Basic dTpw"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void verifiesAHeaderWhateverItsCase() {
        assertThat(send(api.elb("/nothing"), clock.instant(), "{\"a\":1}", "{\"a\":1}"))
                .isEqualTo(404);
    }

    @Test
    void refusesABodyThatWasSwappedOnTheWay() {
        assertThat(send(api.elb("/nothing"), clock.instant(), "{\"a\":1}", "{\"a\":2}"))
                .isEqualTo(401);
    }

    @Test
    void refusesARequestFromOutsideTheWindow() {
        assertThat(send(api.elb("/nothing"), clock.instant().minus(Duration.ofMinutes(16)), "{}", "{}"))
                .isEqualTo(401);
        assertThat(send(api.elb("/nothing"), clock.instant().plus(Duration.ofMinutes(16)), "{}", "{}"))
                .isEqualTo(401);
    }

    private int send(String path, Instant time, String signedBody, String sentBody) {
        var host = URI.create(api.root()).getAuthority();
        var date = DATE.format(time);
        var signed = new ReceivedRequest(
                "POST",
                path,
                "",
                name -> List.of(name.equals("host") ? host : date),
                Sha256.hex(signedBody.getBytes(StandardCharsets.UTF_8)));
        var signature = Signer.sign(signed, "host;x-sdk-date", new Secret(TestInstance.SECRET_KEY));
        var authorization = "SDK-HMAC-SHA256 Access=" + TestInstance.ACCESS_KEY
                + ", SignedHeaders=host;x-sdk-date, Signature=" + signature;
        return api.as(api.projectId(), "")
                .send("POST", path, sentBody, Map.of("X-SDK-DATE", date, "authorization", authorization))
                .status();
    }
}
