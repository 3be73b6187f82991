/**
 * The page about a load balancer: its topology as a picture, and what is not well in it. Depends on {@code api},
 * {@code page}, {@code resource} and {@code traffic}.
 */
@NullMarked
package io.evenkeel.console.balancer;

import org.jspecify.annotations.NullMarked;
