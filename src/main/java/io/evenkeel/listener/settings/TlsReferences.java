package io.evenkeel.listener.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a listener refers to for TLS.
 *
 * @param certificateId shown to clients that name no domain of the others
 * @param clientCaId authorities of the certificates of clients
 * @param sniIds shown to clients that name one of their domains
 * @param isEarlyDataEnabled wants TLS 1.3, which a custom policy may not allow
 */
public record TlsReferences(
        @Nullable String certificateId,
        @Nullable String clientCaId,
        List<String> sniIds,
        @Nullable UUID securityPolicyId,
        boolean isEarlyDataEnabled) {

    public List<String> certificateIds() {
        var ids = new ArrayList<String>();
        if (certificateId != null) {
            ids.add(certificateId);
        }
        if (clientCaId != null) {
            ids.add(clientCaId);
        }
        ids.addAll(sniIds);
        return ids;
    }
}
