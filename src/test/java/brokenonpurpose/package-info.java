/** Breaks the architecture's rules, so that each can be seen failing. Outside our packages: no scan finds it. */
@NullMarked
package brokenonpurpose;

import org.jspecify.annotations.NullMarked;
