/**
 * Linux below the epoll transport: its system calls and the structs they take, over the foreign-function API.
 * Depends on the seam's exceptions; the only place of ours that hands memory to native code.
 */
@NullMarked
package io.evenkeel.dataplane.transport.epoll.linux;

import org.jspecify.annotations.NullMarked;
