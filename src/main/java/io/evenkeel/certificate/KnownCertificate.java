package io.evenkeel.certificate;

import java.time.Instant;
import java.util.List;

/**
 * What others may know of a certificate.
 *
 * @param isServer whether it is of type server; else it is one of authorities that sign certificates of clients
 * @param domains names that SNI finds it by, in lower case; none where none was given
 * @param expireTime the leaf's notAfter
 */
public record KnownCertificate(String id, boolean isServer, List<String> domains, Instant expireTime) {}
