/**
 * Access keys, which sign requests. Depends on the face of the module and on
 * {@code project}.
 */
@NullMarked
package io.evenkeel.identity.accesskey;

import org.jspecify.annotations.NullMarked;
