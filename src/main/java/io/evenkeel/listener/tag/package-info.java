/**
 * The tag operations of listeners. Depends on the platform and load balancers.
 */
@NullMarked
package io.evenkeel.listener.tag;

import org.jspecify.annotations.NullMarked;
