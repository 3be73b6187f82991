/** What the tests reach of the API, and the API as a file. */
@NullMarked
package io.evenkeel.coverage;

import org.jspecify.annotations.NullMarked;
