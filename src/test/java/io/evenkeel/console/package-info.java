/** The console as a browser sees it, against the whole running service. */
@NullMarked
package io.evenkeel.console;

import org.jspecify.annotations.NullMarked;
