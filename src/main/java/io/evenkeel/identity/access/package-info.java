/**
 * The gate in front of every request: who calls, and whether they may. Depends on the rest of the module.
 */
@NullMarked
package io.evenkeel.identity.access;

import org.jspecify.annotations.NullMarked;
