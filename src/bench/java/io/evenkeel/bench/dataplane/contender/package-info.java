/**
 * The proxies that are compared, each as a process of its own in front of the same backends, and what they use.
 * Depends on the packaged service, which it starts, and on the tests' client of its API.
 */
@NullMarked
package io.evenkeel.bench.dataplane.contender;

import org.jspecify.annotations.NullMarked;
