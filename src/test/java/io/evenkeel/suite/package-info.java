/** The two halves of the tests, which run side by side, each in a process of its own. */
@NullMarked
package io.evenkeel.suite;

import org.jspecify.annotations.NullMarked;
