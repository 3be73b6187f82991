package io.evenkeel.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.persistence.Entity;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import java.lang.foreign.Linker;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The "never" list of the design. Each rule is seen failing once, on classes that break it on purpose. */
class ArchitectureTests {

    private static final JavaClasses PROJECT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.evenkeel");

    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages("brokenonpurpose");

    record Rule(String name, ArchRule rule) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Rule> rules() {
        return Stream.of(
                new Rule(
                        "entities are package-private",
                        classes()
                                .that()
                                .areAnnotatedWith(Entity.class)
                                .should()
                                .bePackagePrivate()
                                .because("another module reaches a feature through its public face, never its rows")),
                new Rule(
                        "repositories are package-private",
                        classes()
                                .that()
                                .areAssignableTo(Repository.class)
                                .should()
                                .bePackagePrivate()
                                .allowEmptyShould(true)
                                .because("another module reaches a feature through its public face, never its rows")),
                new Rule(
                        "no associations between entities",
                        fields().that()
                                .areDeclaredInClassesThat()
                                .areAnnotatedWith(Entity.class)
                                .should()
                                .notBeAnnotatedWith(ManyToOne.class)
                                .andShould()
                                .notBeAnnotatedWith(OneToMany.class)
                                .because("rows refer to rows of other features by id; the foreign key keeps it true")),
                new Rule(
                        "transactions begin in services",
                        methods()
                                .that()
                                .areAnnotatedWith(Transactional.class)
                                .should()
                                .beDeclaredInClassesThat()
                                .haveSimpleNameEndingWith("Service")
                                .orShould()
                                .beDeclaredInClassesThat()
                                .haveSimpleNameEndingWith("Recorder")
                                .because("one operation is one transaction, and a reader finds it in one place")),
                new Rule(
                        "no transactions on classes",
                        noClasses()
                                .should()
                                .beAnnotatedWith(Transactional.class)
                                .because("each operation says for itself whether it writes")),
                new Rule(
                        "time comes from the Clock",
                        noClasses()
                                .that()
                                .resideOutsideOfPackages("..desiredstate..")
                                .should()
                                .callMethod(Instant.class, "now")
                                .because("a test could not turn it back")),
                new Rule(
                        "no drawers",
                        noClasses()
                                .should()
                                .resideInAnyPackage("..common..", "..util..", "..utils..", "..helper..")
                                .because("a package says what it is about")),
                new Rule(
                        "desired state stands alone",
                        classes()
                                .that()
                                .resideInAPackage("..desiredstate..")
                                .should()
                                .onlyDependOnClassesThat()
                                .resideInAnyPackage(
                                        "java..", "..desiredstate..", "org.jspecify..", "org.springframework.modulith")
                                .because("either plane must be buildable and testable without the other")),
                new Rule(
                        "the data plane knows no framework",
                        noClasses()
                                .that()
                                .resideInAPackage("..dataplane..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "org.springframework.context..",
                                        "org.springframework.boot..",
                                        "org.springframework.stereotype..",
                                        "org.springframework.beans..",
                                        "jakarta..",
                                        "org.hibernate..",
                                        "tools.jackson..",
                                        "com.fasterxml..")
                                .because("it must be able to run in a process of its own")),
                new Rule(
                        "Netty stays below the seam, and its TLS library in one package",
                        noClasses()
                                .that()
                                .resideOutsideOfPackages("..dataplane.transport..", "..dataplane.tls.boringssl")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("io.netty..")
                                .because("another transport stands under the same protocol logic")),
                new Rule(
                        "native code is called in one package",
                        noClasses()
                                .that()
                                .resideOutsideOfPackage("..dataplane.transport.epoll.linux..")
                                .should()
                                .dependOnClassesThat()
                                .areAssignableTo(Linker.class)
                                .because("memory is handed out where every access is seen at a glance")),
                new Rule(
                        "no standard streams",
                        noClasses()
                                .should()
                                .accessField(System.class, "out")
                                .orShould()
                                .accessField(System.class, "err")
                                .because("what an operator reads is a log line with keys")));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(Rule rule) {
        rule.rule().check(PROJECT);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void canFail(Rule rule) {
        assertThatThrownBy(() -> rule.rule().check(BROKEN)).isInstanceOf(AssertionError.class);
    }

    @Test
    void looksAtTheWholeProject() {
        assertThat(PROJECT.size()).isGreaterThan(200);
    }
}
