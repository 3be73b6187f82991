/**
 * Who of a group's members takes new traffic, by configuration, health, zone and time alone: nothing here has state that
 * changes. Depends on {@code desiredstate}.
 */
@NullMarked
@NamedInterface("eligible")
package io.evenkeel.dataplane.pool.eligible;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
