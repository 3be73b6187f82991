package io.evenkeel.suite;

import org.junit.platform.suite.api.ExcludePackages;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The service as its users see it. Last come those that judge what all others of this half had answered. */
@Suite
@SelectPackages("io.evenkeel")
@ExcludePackages({
    "io.evenkeel.agentsync",
    "io.evenkeel.architecture",
    "io.evenkeel.dataplane",
    "io.evenkeel.desiredstate",
    "io.evenkeel.livechanges"
})
@IncludeClassNamePatterns(".*Tests")
class ServiceSuite {}
