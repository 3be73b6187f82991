/**
 * Who calls: projects, access keys, tokens, request signatures, roles, and the sealing of secrets. Depends on
 * {@code platform} only.
 */
@NullMarked
@ApplicationModule(
        displayName = "Identity",
        allowedDependencies = {"platform"})
package io.evenkeel.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
