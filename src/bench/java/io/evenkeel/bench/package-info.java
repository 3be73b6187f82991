/** What the project costs and how fast it is: programs that print figures, run by the profile {@code bench}. */
@NullMarked
package io.evenkeel.bench;

import org.jspecify.annotations.NullMarked;
