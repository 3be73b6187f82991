/**
 * Where the requests of a listener go that do not go to its default pool: policies as workers carry them out. Depends on
 * nothing but {@code java.*}.
 */
@NullMarked
@NamedInterface("routing")
package io.evenkeel.desiredstate.routing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
