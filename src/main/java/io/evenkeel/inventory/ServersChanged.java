package io.evenkeel.inventory;

import java.util.List;

/**
 * Servers changed their status, availability zone or OS. Published inside the transaction that changes them, once for
 * all of them, so that listeners can take their locks in order.
 *
 * @param serverIds sorted
 */
public record ServersChanged(String projectId, List<String> serverIds) {}
