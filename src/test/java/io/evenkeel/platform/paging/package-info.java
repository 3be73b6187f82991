/** Lists: filters and pages, over rows of a real database. */
@NullMarked
package io.evenkeel.platform.paging;

import org.jspecify.annotations.NullMarked;
