/**
 * Lists: filters by query name and keyset paging by marker, in one SQL statement (wire contract, filters.md).
 * Depends on {@code platform.error}.
 */
@NullMarked
package io.evenkeel.platform.paging;

import org.jspecify.annotations.NullMarked;
