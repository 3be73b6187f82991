/**
 * Attempts to hide one request in another, with servers behind the proxy that read HTTP each in its own way and count
 * what they saw. Depends on {@code http.conformance}.
 */
@NullMarked
package io.evenkeel.dataplane.http.smuggling;

import org.jspecify.annotations.NullMarked;
