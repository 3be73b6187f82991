/**
 * How far a reader of events has come, in an order that commits cannot upset. Depends on the JDK and on ids alone.
 */
@NullMarked
package io.evenkeel.audit.event.position;

import org.jspecify.annotations.NullMarked;
