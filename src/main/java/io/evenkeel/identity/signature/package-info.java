/**
 * Verifies SDK-HMAC-SHA256 request signatures (wire contract, auth.md §1–3). Depends on {@code accesskey} and the face
 * of the module.
 */
@NullMarked
package io.evenkeel.identity.signature;

import org.jspecify.annotations.NullMarked;
