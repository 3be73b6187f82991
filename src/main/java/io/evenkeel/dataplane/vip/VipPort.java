package io.evenkeel.dataplane.vip;

import io.evenkeel.desiredstate.delivery.ApplyOutcome.Problem;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A port that a load balancer should have on a VIP.
 *
 * @param problem why it is not open
 * @param poolIds where its requests go
 */
public record VipPort(InetAddress vip, boolean isOpen, Optional<Problem> problem, Set<UUID> poolIds) {}
