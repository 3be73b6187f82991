package io.evenkeel.loadbalancer.logtank;

/** Where the access log of a load balancer goes: the ids that the log service knows it by. */
public record LogStream(String groupId, String topicId) {}
