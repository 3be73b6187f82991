/**
 * Every kind of resource as one row of a table: where the API has it, which columns its list has, where its attributes
 * lead. Lists and details are made of it. Depends on {@code api}.
 */
@NullMarked
package io.evenkeel.console.resource;

import org.jspecify.annotations.NullMarked;
