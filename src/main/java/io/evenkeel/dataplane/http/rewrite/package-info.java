/**
 * What is changed on the way and what is said by ourselves: forwarded heads, inserted fields, error answers.
 * Depends on {@code memory}, {@code message}, {@code routing}, {@code sticky}, {@code settings}, {@code pool} and {@code transport}.
 */
@NullMarked
package io.evenkeel.dataplane.http.rewrite;

import org.jspecify.annotations.NullMarked;
