package io.evenkeel.accesscontrol;

import java.util.UUID;

/**
 * The addresses of an IP group changed: published inside the writing transaction, which has locked the group, so that
 * no listener can take it at this moment. IP groups come before load balancers in the lock order.
 */
public record IpGroupChanged(String projectId, UUID ipGroupId) {}
