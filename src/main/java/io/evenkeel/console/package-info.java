/**
 * The pages that people look at. They call the REST operations inside this process, as any client does, and may join
 * tables for what no operation answers (docs/adr/0013). Depends on {@code platform} and {@code identity}.
 */
@NullMarked
@ApplicationModule(
        displayName = "Console",
        allowedDependencies = {"platform", "identity"})
package io.evenkeel.console;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
