/** What holds between the features: rules that span several of them, races, lookups and lists. Through REST only. */
@NullMarked
package io.evenkeel.relations;

import org.jspecify.annotations.NullMarked;
