/** Breaks the architecture's rules, so that each can be seen failing. Outside our packages: no scan finds it. */
@NullMarked
package brokenonpurpose.desiredstate;

import org.jspecify.annotations.NullMarked;
