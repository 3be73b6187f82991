/**
 * How few members keep every availability zone served and survive the loss of any one: the plan is pure, its figures are
 * read by SQL. Depends on the platform and on the window of {@code distribution}.
 */
@NullMarked
package io.evenkeel.distribution.sizing;

import org.jspecify.annotations.NullMarked;
