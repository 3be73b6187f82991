/**
 * Certificates with their private keys, custom and system security policies: what TLS listeners show and accept.
 * Depends on the base modules only; listeners hear of replaced certificates through events.
 */
@NullMarked
@ApplicationModule(
        displayName = "Certificates",
        allowedDependencies = {"platform", "identity", "audit", "quota"})
package io.evenkeel.certificate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
