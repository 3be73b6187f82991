/**
 * How desired state travels: what a worker is told and what it answers, the epoch in which generations compare, and the
 * canonical bytes with their digest. Depends on the records themselves and nothing but {@code java.*}.
 */
@NullMarked
@NamedInterface("delivery")
package io.evenkeel.desiredstate.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
