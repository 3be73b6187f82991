package io.evenkeel.platform.database;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Turns {@link UnusableHomeException} into the short report of a failed start. Named in {@code spring.factories}. */
final class UnusableHomeFailureAnalyzer extends AbstractFailureAnalyzer<UnusableHomeException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableHomeException cause) {
        return new FailureAnalysis(cause.description(), cause.action(), cause);
    }
}
