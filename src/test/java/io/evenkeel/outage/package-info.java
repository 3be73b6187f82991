/**
 * The loss of any part, at any moment: several nodes over one PostgreSQL, in processes of their own and in this one, lose
 * each other, their database and their lives while clients go on. Depends on the service as a whole.
 */
@NullMarked
package io.evenkeel.outage;

import org.jspecify.annotations.NullMarked;
