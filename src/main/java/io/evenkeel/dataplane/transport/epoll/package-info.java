/**
 * The transport on Linux without a library between: one edge-triggered epoll for each loop, for x86-64 and aarch64.
 * Depends on the seam above it; native code is called through its package {@code linux} alone.
 */
@NullMarked
@NamedInterface("transport")
package io.evenkeel.dataplane.transport.epoll;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
