package io.evenkeel.loadbalancer.logtank;

import java.util.UUID;

/** A load balancer's log stream, as kept and as answered. */
record Logtank(UUID id, String projectId, UUID loadbalancerId, String logGroupId, String logTopicId) {}
