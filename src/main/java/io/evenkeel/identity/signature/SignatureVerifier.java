package io.evenkeel.identity.signature;

import io.evenkeel.identity.Caller;
import io.evenkeel.identity.Sealing;
import io.evenkeel.identity.Secret;
import io.evenkeel.identity.accesskey.AccessKeyService;
import io.evenkeel.identity.accesskey.SecretAccessKey;
import io.evenkeel.platform.error.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Finds out whose access key signed a request. */
@Component
public class SignatureVerifier {

    private static final String DECOY = "decoy";

    private final AccessKeyService accessKeys;
    private final Sealing sealing;
    private final Clock clock;
    private final byte[] sealedDecoy;

    SignatureVerifier(AccessKeyService accessKeys, Sealing sealing, Clock clock) {
        this.accessKeys = accessKeys;
        this.sealing = sealing;
        this.clock = clock;
        this.sealedDecoy =
                sealing.seal("a secret of nobody, as long as a real one".getBytes(StandardCharsets.US_ASCII), DECOY);
    }

    /**
     * The owner of the access key, when it signed exactly this request within the last or next 15 minutes. Error:
     * {@link ErrorCode#UNAUTHENTICATED}; an unknown access key reads, and takes as long, like a wrong signature.
     */
    public Caller verify(HttpServletRequest request, byte[] body) {
        var received = ReceivedRequest.of(request, body);
        var claim = ClaimedSignature.parse(received.header("authorization"));
        SigningTime.check(received.header("x-sdk-date"), clock.instant());
        var known = accessKeys.find(claim.accessKey());
        var secret = known.map(SecretAccessKey::secret).orElseGet(this::decoy);
        if (!RequestSignature.matches(received, claim, secret) || known.isEmpty()) {
            throw ErrorCode.UNAUTHENTICATED.with("verify aksk signature fail");
        }
        var key = known.get().key();
        return Caller.withAccessKey(key.projectId(), key.role(), key.accessKey());
    }

    /** Opened like a real one, for the time that it takes. */
    private Secret decoy() {
        return new Secret(new String(sealing.open(sealedDecoy, DECOY), StandardCharsets.US_ASCII));
    }
}
