package io.evenkeel.identity.access;

import io.evenkeel.platform.error.ElbException;
import org.springframework.security.authorization.AuthorizationResult;

/** A call that is not allowed, and what its client reads. */
record Refused(ElbException reason) implements AuthorizationResult {

    @Override
    public boolean isGranted() {
        return false;
    }
}
