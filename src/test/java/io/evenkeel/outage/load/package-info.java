/**
 * Clients of workers, what they found, and what was written. Depends on JDK sockets and the API's test client.
 */
@NullMarked
package io.evenkeel.outage.load;

import org.jspecify.annotations.NullMarked;
