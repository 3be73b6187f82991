/**
 * Tells whoever leads traffic to this host (VRRP, BGP) which VIPs the worker of this process serves.
 * Depends on the data plane and on the management server.
 */
@NullMarked
package io.evenkeel.agentsync.vip;

import org.jspecify.annotations.NullMarked;
