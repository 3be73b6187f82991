/**
 * How bodies are read: strictly, and telling an absent attribute from null.
 */
@NullMarked
package io.evenkeel.platform.json;

import org.jspecify.annotations.NullMarked;
