/**
 * UDP between client and member: sessions by the client's address, each with a socket of its own to its member.
 * Depends on {@code transport}, {@code pool}, {@code settings} and {@code traffic}.
 */
@NullMarked
package io.evenkeel.dataplane.udp;

import org.jspecify.annotations.NullMarked;
