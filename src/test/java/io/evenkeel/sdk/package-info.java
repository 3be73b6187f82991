/** The vendor's official SDK, unmodified, driven through all of its operations by reflection over its own description. */
@NullMarked
package io.evenkeel.sdk;

import org.jspecify.annotations.NullMarked;
