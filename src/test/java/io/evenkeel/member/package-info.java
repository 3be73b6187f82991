@NullMarked
package io.evenkeel.member;

import org.jspecify.annotations.NullMarked;
