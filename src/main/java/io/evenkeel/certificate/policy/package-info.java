/**
 * Custom and system security policies over REST: which protocols and ciphers a TLS listener accepts. Depends on
 * {@code platform}, quotas, and the face of the module.
 */
@NullMarked
package io.evenkeel.certificate.policy;

import org.jspecify.annotations.NullMarked;
