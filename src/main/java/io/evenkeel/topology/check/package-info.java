/**
 * Looks at writes before they are committed, and warns of what they leave behind. Depends on the platform; configuration
 * and status are read by SQL.
 */
@NullMarked
package io.evenkeel.topology.check;

import org.jspecify.annotations.NullMarked;
