package io.evenkeel.suite;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** Everything that moves traffic, and what stands alone. */
@Suite
@SelectPackages({
    "io.evenkeel.agentsync",
    "io.evenkeel.architecture",
    "io.evenkeel.dataplane",
    "io.evenkeel.desiredstate",
    "io.evenkeel.livechanges"
})
@IncludeClassNamePatterns(".*Tests")
class TrafficSuite {}
