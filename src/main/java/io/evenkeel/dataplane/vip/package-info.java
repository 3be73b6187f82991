/**
 * Whether a worker serves a VIP, for whoever leads its traffic here. Depends on {@code desiredstate}.
 */
@NullMarked
@NamedInterface("vip")
package io.evenkeel.dataplane.vip;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
