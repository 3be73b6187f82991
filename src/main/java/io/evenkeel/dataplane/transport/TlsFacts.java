package io.evenkeel.dataplane.transport;

import org.jspecify.annotations.Nullable;

/**
 * What a TLS handshake agreed on.
 *
 * @param certificateId of the certificate this side showed; empty where this side is the client
 * @param protocol such as {@code TLSv1.3}
 * @param cipher by its OpenSSL name
 * @param applicationProtocol by ALPN; null when none was agreed on
 * @param isResumed whether an earlier session went on, by a ticket
 * @param serverName that the client named; null when it named none
 */
public record TlsFacts(
        String certificateId,
        String protocol,
        String cipher,
        @Nullable String applicationProtocol,
        boolean isResumed,
        @Nullable String serverName) {}
