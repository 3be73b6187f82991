package io.evenkeel.desiredstate.delivery;

/**
 * The span in which generations only grow: one database cluster, on one timeline, since one restore.
 *
 * @param number the order in which this node saw its epochs; a greater one wins whatever the generations
 * @param identity system identifier, timeline and incarnation, joined; equal identities are one epoch
 */
public record Epoch(long number, String identity) {}
