/**
 * How hosts, paths, parameters, values and addresses are read and compared by the rules of policies. Depends on
 * {@code memory}.
 */
@NullMarked
package io.evenkeel.dataplane.http.routing.text;

import org.jspecify.annotations.NullMarked;
