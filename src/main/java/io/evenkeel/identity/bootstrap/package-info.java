/**
 * The first administrator's credentials. Depends on the rest of the module.
 */
@NullMarked
package io.evenkeel.identity.bootstrap;

import org.jspecify.annotations.NullMarked;
