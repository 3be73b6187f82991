package io.evenkeel.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.EvenkeelApplication;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {

    private final ApplicationModules modules = ApplicationModules.of(EvenkeelApplication.class);

    @Test
    void modulesDependOnlyWhereTheySayTheyMay() {
        modules.verify();
    }

    /** Without this a module that forgot its declaration could depend on anything. */
    @Test
    void everyModuleDeclaresWhatItMayDependOn() {
        assertThat(modules.stream().map(ModularityTests::declaration)).doesNotContain("");
    }

    private static String declaration(ApplicationModule module) {
        try {
            var info = Class.forName(module.getBasePackage().getName() + ".package-info");
            var annotation = info.getAnnotation(org.springframework.modulith.ApplicationModule.class);
            return annotation == null ? "" : annotation.displayName();
        } catch (ClassNotFoundException e) {
            return "";
        }
    }
}
