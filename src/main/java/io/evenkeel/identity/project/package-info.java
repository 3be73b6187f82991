/**
 * Projects, to whom everything belongs. Depends on {@code platform} and the face of the module.
 */
@NullMarked
package io.evenkeel.identity.project;

import org.jspecify.annotations.NullMarked;
