/** How many members a worker can check, at what cost, and how late. */
@NullMarked
package io.evenkeel.bench.health;

import org.jspecify.annotations.NullMarked;
