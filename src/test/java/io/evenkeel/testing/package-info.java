/** What tests of several packages share: the running service, a client for it, and a cloud to put in its inventory. */
@NullMarked
package io.evenkeel.testing;

import org.jspecify.annotations.NullMarked;
