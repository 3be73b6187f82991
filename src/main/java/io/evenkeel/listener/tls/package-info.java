/**
 * The certificates and security policies that listeners use. Depends on their module's face, load balancers, and the
 * platform's errors.
 */
@NullMarked
package io.evenkeel.listener.tls;

import org.jspecify.annotations.NullMarked;
