/**
 * Requests of the last moments, as no operation answers them: one statement for any number of groups. Depends on
 * nothing but the database.
 */
@NullMarked
package io.evenkeel.console.traffic;

import org.jspecify.annotations.NullMarked;
