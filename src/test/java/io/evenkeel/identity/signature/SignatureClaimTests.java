package io.evenkeel.identity.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.evenkeel.platform.error.ElbException;
import io.evenkeel.platform.error.ErrorCode;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureClaimTests {

    private static final String HEX = "01d7f31a4494ee436682b5670c5c1539601053000b31cbb17b6c0915b6601e92";
    private static final Instant SIGNED_AT = Instant.parse("2026-11-22T09:49:32Z");

    @Test
    void readsTheThreeParts() {
        var claim =
                ClaimedSignature.parse("SDK-HMAC-SHA256 Access=AK1, SignedHeaders=host;x-sdk-date, Signature=" + HEX);

        assertThat(claim.accessKey()).isEqualTo("AK1");
        assertThat(claim.signedHeaders()).containsExactly("host", "x-sdk-date");
        assertThat(claim.signature()).isEqualTo(HEX);
    }

    /** As the vendor's Go SDK signs. */
    @Test
    void takesASignatureWithoutTheHost() {
        var claim = ClaimedSignature.parse(
                "SDK-HMAC-SHA256 Access=AK1, SignedHeaders=content-type;x-project-id;x-sdk-date, Signature=" + HEX);

        assertThat(claim.signedHeaders()).containsExactly("content-type", "x-project-id", "x-sdk-date");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SDK-HMAC-SHA256",
                "SDK-HMAC-SM3 Access=AK1, SignedHeaders=host;x-sdk-date, Signature=" + HEX,
                "SDK-HMAC-SHA256 Access=, SignedHeaders=host;x-sdk-date, Signature=" + HEX,
                "SDK-HMAC-SHA256 Access=A'K, SignedHeaders=host;x-sdk-date, Signature=" + HEX,
                "SDK-HMAC-SHA256 Access=AK1, SignedHeaders=host, Signature=" + HEX,
                "SDK-HMAC-SHA256 Access=AK1, SignedHeaders=Host;X-Sdk-Date, Signature=" + HEX,
                "SDK-HMAC-SHA256 Access=AK1, SignedHeaders=host;host;x-sdk-date, Signature=" + HEX,
                "SDK-HMAC-SHA256 Access=AK1, SignedHeaders=host;;x-sdk-date, Signature=" + HEX,
                "SDK-HMAC-SHA256 Access=AK1, SignedHeaders=host;x-sdk-date, Signature=",
                "SDK-HMAC-SHA256 Access=AK1, SignedHeaders=host;x-sdk-date, Signature=" + HEX + "00",
                "SDK-HMAC-SHA256 Access=AK1, Access=AK2, SignedHeaders=host;x-sdk-date, Signature=" + HEX
            })
    void refusesEverythingElse(String authorization) {
        assertThatExceptionOfType(ElbException.class)
                .isThrownBy(() -> ClaimedSignature.parse(authorization))
                .matches(refusal -> refusal.code() == ErrorCode.UNAUTHENTICATED);
    }

    @ParameterizedTest
    @ValueSource(longs = {-900, -1, 0, 899, 900})
    void acceptsFifteenMinutesEitherWay(long seconds) {
        assertThatNoException().isThrownBy(() -> SigningTime.check("20261122T094932Z", SIGNED_AT.plusSeconds(seconds)));
    }

    @ParameterizedTest
    @ValueSource(longs = {-901, 901, 86_400, -86_400 * 365L})
    void refusesAReplayOutsideTheWindow(long seconds) {
        assertThatExceptionOfType(ElbException.class)
                .isThrownBy(() -> SigningTime.check("20261122T094932Z", SIGNED_AT.plusSeconds(seconds)))
                .withMessageContaining("more than 15 minutes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "20261122T094932", "2026-11-22T09:49:32Z", "20261322T094932Z", "20260230T094932Z", "now"})
    void refusesWhatIsNoTime(String date) {
        assertThatExceptionOfType(ElbException.class)
                .isThrownBy(() -> SigningTime.check(date, SIGNED_AT))
                .withMessageContaining("X-Sdk-Date must be UTC");
    }
}
