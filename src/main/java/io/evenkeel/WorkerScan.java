package io.evenkeel;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.web.bind.annotation.RestController;

/** Leaves out of a scan for components what a process without an API has no use for. */
final class WorkerScan extends TypeExcludeFilter {

    private static final String ROOT = "io.evenkeel.";

    /** What a worker stands on, and what guards its management port. */
    private static final List<String> KEPT =
            List.of("agentsync.", "status.", "diagnosis.", "audit.", "identity.", "platform.");

    /** Partitions are kept by APIs: a worker that starts without its database would wait for them. */
    private static final List<String> LEFT_OUT =
            List.of("identity.bootstrap.", "platform.openapi.", "audit.PartitionKeeper");

    /** Its controller answers what the server itself refuses. */
    private static final String SERVER = "platform.web.";

    @Override
    public boolean match(MetadataReader type, MetadataReaderFactory types) {
        var name = type.getClassMetadata().getClassName();
        if (!name.startsWith(ROOT)) {
            return false;
        }
        var inRoot = name.substring(ROOT.length());
        if (KEPT.stream().noneMatch(inRoot::startsWith) || LEFT_OUT.stream().anyMatch(inRoot::startsWith)) {
            return true;
        }
        return !inRoot.startsWith(SERVER) && type.getAnnotationMetadata().hasAnnotation(RestController.class.getName());
    }

    /** All alike: a context is cached by what is left out of it. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WorkerScan;
    }

    @Override
    public int hashCode() {
        return WorkerScan.class.hashCode();
    }
}
