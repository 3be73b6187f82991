package io.evenkeel.certificate;

import java.util.List;
import java.util.UUID;

/**
 * A custom security policy allows other protocols or ciphers. Published within the transaction that changes it, after
 * the policy's row is locked: who uses the policy advances then, and may refuse.
 *
 * @param protocols those of the policy from now on, such as {@code TLSv1.3}
 */
public record SecurityPolicyChanged(String projectId, UUID securityPolicyId, List<String> protocols) {}
