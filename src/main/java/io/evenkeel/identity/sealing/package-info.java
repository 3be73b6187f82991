/**
 * The key-encryption key and what is sealed under it. Depends on {@code platform} and the face of the module.
 */
@NullMarked
package io.evenkeel.identity.sealing;

import org.jspecify.annotations.NullMarked;
