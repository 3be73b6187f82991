package io.evenkeel.agentsync.placement;

/**
 * A worker's row, as it was read.
 *
 * @param beat differs from one heartbeat to the next; nothing else is read from it
 */
record Heartbeat(LiveWorker worker, String beat) {}
