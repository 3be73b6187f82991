/**
 * What is counted of the traffic, where it happens: each loop writes blocks of its own, which are summed when somebody
 * reads. Depends on {@code pool}.
 */
@NullMarked
@NamedInterface("traffic")
package io.evenkeel.dataplane.traffic;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
