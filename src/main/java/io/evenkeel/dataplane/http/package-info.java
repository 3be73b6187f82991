/**
 * HTTP/1.1 between client and member: a strict parser over off-heap bytes, and the proxy that forwards what it read.
 */
@NullMarked
package io.evenkeel.dataplane.http;

import org.jspecify.annotations.NullMarked;
