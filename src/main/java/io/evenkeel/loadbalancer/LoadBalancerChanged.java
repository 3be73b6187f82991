package io.evenkeel.loadbalancer;

import java.util.UUID;

/**
 * A load balancer, or something that belongs to it, was written: published inside the writing transaction by every
 * create and every advance (a delete advances first).
 */
public record LoadBalancerChanged(UUID id, long generation) {}
