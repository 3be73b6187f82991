package io.evenkeel.desiredstate;

/**
 * Who may sign the certificates of clients.
 *
 * @param id of the certificate of type client
 * @param certificates PEM, one or more
 */
public record DesiredAuthorities(String id, String certificates) {}
