/**
 * What RFC 9110 and RFC 9112 ask of an HTTP/1.1 intermediary, as vectors played through the proxy over real sockets.
 * Depends on {@code http}, {@code settings}, {@code pool}, {@code traffic} and the transports.
 */
@NullMarked
package io.evenkeel.dataplane.http.conformance;

import org.jspecify.annotations.NullMarked;
