/** The regular expressions of a listener's policies, matched in time linear in the path. Depends on RE2/J. */
@NullMarked
package io.evenkeel.dataplane.http.routing.regex;

import org.jspecify.annotations.NullMarked;
