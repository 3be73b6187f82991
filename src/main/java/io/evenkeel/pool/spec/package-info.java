/**
 * What a pool is configured to be, and every rule that one pool can check by itself. Depends on the platform and on the
 * load balancers' public face.
 */
@NullMarked
@NamedInterface("spec")
package io.evenkeel.pool.spec;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
