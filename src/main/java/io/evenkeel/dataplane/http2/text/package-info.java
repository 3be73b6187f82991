/**
 * Messages between HTTP/2 and HTTP/1.1: fields become the text of a head, and a head becomes fields (RFC 9113 §8).
 * Depends on {@code http2.hpack}, {@code http.memory} and {@code http.message}.
 */
@NullMarked
package io.evenkeel.dataplane.http2.text;

import org.jspecify.annotations.NullMarked;
