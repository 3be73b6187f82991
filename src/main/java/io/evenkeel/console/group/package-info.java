/**
 * The page about a backend server group: its members, how its traffic is spread, its weights, who may join. Depends
 * on {@code api}, {@code page}, {@code resource} and {@code traffic}.
 */
@NullMarked
package io.evenkeel.console.group;

import org.jspecify.annotations.NullMarked;
