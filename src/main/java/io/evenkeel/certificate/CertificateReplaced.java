package io.evenkeel.certificate;

import java.util.List;

/**
 * A certificate has new content, a new key or other domains. Published within the transaction that changes it, after
 * the certificate's row is locked and before it is written: who serves the certificate advances then, and may refuse.
 *
 * @param domains the names that SNI finds the certificate by from now on, in lower case
 */
public record CertificateReplaced(String projectId, String certificateId, List<String> domains) {}
