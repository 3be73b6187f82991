/**
 * How fast the control plane is on a database of a million members, beside the same SQL without the control plane.
 * Depends on the whole service, which it starts, and on the tests' client of it.
 */
@NullMarked
package io.evenkeel.bench.controlplane;

import org.jspecify.annotations.NullMarked;
