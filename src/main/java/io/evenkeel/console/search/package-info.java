/**
 * The one search box: from a server's address or id to every way that leads to it, and from a name to what has it.
 * Depends on {@code api}, {@code page}, {@code resource} and {@code traffic}.
 */
@NullMarked
package io.evenkeel.console.search;

import org.jspecify.annotations.NullMarked;
