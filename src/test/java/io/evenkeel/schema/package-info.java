/** The database schema as a file, and every rule in it as an error that clients understand. */
@NullMarked
package io.evenkeel.schema;

import org.jspecify.annotations.NullMarked;
