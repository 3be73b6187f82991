/** The main job, whole: from REST calls of the vendor's SDK to requests served. */
@NullMarked
package io.evenkeel.endtoend;

import org.jspecify.annotations.NullMarked;
