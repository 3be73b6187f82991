/**
 * What a request costs through our worker beside HAProxy and nginx: on one processor each, in the same rounds, over the
 * same load. Depends on its {@code contender} and on the packaged service.
 */
@NullMarked
package io.evenkeel.bench.dataplane;

import org.jspecify.annotations.NullMarked;
