/**
 * How clients are known again: keyed session cookies and a bounded table of clients.
 * Depends on nothing.
 */
@NullMarked
package io.evenkeel.dataplane.stickiness;

import org.jspecify.annotations.NullMarked;
