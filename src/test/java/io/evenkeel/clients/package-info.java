/** Clients of other languages against the running service; their sources lie in {@code src/clients}. */
@NullMarked
package io.evenkeel.clients;

import org.jspecify.annotations.NullMarked;
