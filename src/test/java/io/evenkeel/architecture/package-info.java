/** The rules of the source tree, each as a test. */
@NullMarked
package io.evenkeel.architecture;

import org.jspecify.annotations.NullMarked;
