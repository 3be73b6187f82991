package io.evenkeel.packaging.chart;

import java.util.ArrayList;
import java.util.List;

/** Everything that is held against the manifests of a release. */
final class ChartCheck {

    private final KubernetesSchema schema = new KubernetesSchema();
    private final ChartEnvironment environment = new ChartEnvironment();

    List<String> problems(List<Manifest> release) {
        var problems = new ArrayList<String>();
        for (var manifest : release) {
            problems.addAll(schema.problems(manifest));
            problems.addAll(PodRules.problems(manifest));
            problems.addAll(environment.problems(manifest));
        }
        problems.addAll(ReleaseRules.problems(release));
        return problems;
    }
}
