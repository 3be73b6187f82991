/**
 * What an action of a policy is made of, with the rules each part knows by itself. The parts are kept and answered as
 * they are here. Depends on the platform's errors.
 */
@NullMarked
package io.evenkeel.routing.settings;

import org.jspecify.annotations.NullMarked;
