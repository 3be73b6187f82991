package io.evenkeel.desiredstate;

/** Which stream of a log service a load balancer's access log is for; each of its lines names it. */
public record DesiredAccessLog(String groupId, String topicId) {}
