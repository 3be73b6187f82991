/** What is observed, written and read back. */
@NullMarked
package io.evenkeel.status;

import org.jspecify.annotations.NullMarked;
