/**
 * Where the data lives: the home directory and the PostgreSQL in it, or one that the operator names.
 */
@NullMarked
package io.evenkeel.platform.database;

import org.jspecify.annotations.NullMarked;
