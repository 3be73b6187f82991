/** The home of an instance and the database in it, over starts, refusals and kills. */
@NullMarked
package io.evenkeel.platform.database;

import org.jspecify.annotations.NullMarked;
