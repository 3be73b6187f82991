/**
 * What listeners refer to elsewhere: certificates, security policies, IP groups. Depends on the faces of their modules,
 * the settings of listeners, load balancers, quotas and the platform's errors.
 */
@NullMarked
package io.evenkeel.listener.reference;

import org.jspecify.annotations.NullMarked;
