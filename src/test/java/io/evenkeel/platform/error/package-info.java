/** How calls fail, as their clients read it. */
@NullMarked
package io.evenkeel.platform.error;

import org.jspecify.annotations.NullMarked;
