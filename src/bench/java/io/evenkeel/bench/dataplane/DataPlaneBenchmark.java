package io.evenkeel.bench.dataplane;

import io.evenkeel.bench.dataplane.contender.Backends;
import io.evenkeel.bench.dataplane.contender.Child;
import io.evenkeel.bench.dataplane.contender.Contender;
import io.evenkeel.bench.dataplane.contender.Deployment;
import io.evenkeel.bench.dataplane.contender.Evenkeel;
import io.evenkeel.bench.dataplane.contender.Haproxy;
import io.evenkeel.bench.dataplane.contender.Nginx;
import io.evenkeel.bench.dataplane.contender.Programs;
import io.evenkeel.bench.dataplane.contender.ServiceProcess;
import io.evenkeel.testing.Placement;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our worker, as it is shipped and in a process of its own, beside HAProxy and nginx: each on the first processor with
 * one thread for traffic, the load and the backends on the second. Arguments: {@link Arguments}. The tables go to
 * {@code target/data-plane.md}; configurations and logs of all processes lie in {@code target/bench-dataplane}.
 */
public final class DataPlaneBenchmark {

    private static final Logger log = LoggerFactory.getLogger(DataPlaneBenchmark.class);
    private static final Path RESULT = Path.of("target", "data-plane.md");

    private final Path directory;
    private final Arguments arguments;
    private final LoadDriver driver;
    private final Report report = new Report();

    private DataPlaneBenchmark(Path directory, Arguments arguments) throws IOException {
        this.directory = directory;
        this.arguments = arguments;
        this.driver = new LoadDriver(directory);
    }

    public static void main(String[] given) throws IOException {
        Locale.setDefault(Locale.ROOT);
        var arguments = Arguments.parse(given);
        // What this process itself does must not meet what is measured; its children are pinned one by one.
        Programs.run(List.of(
                "taskset",
                "--all-tasks",
                "--cpu-list",
                "--pid",
                Child.OTHERS,
                Long.toString(ProcessHandle.current().pid())));
        var runs = Files.createDirectories(Path.of("target", "bench-dataplane"));
        var benchmark = new DataPlaneBenchmark(Files.createTempDirectory(runs, "run"), arguments);
        benchmark.head();
        benchmark.apart();
        if (arguments.contains(Arguments.ISOLATION)) {
            benchmark.embedded();
        }
        Files.writeString(RESULT, benchmark.report.toString());
        log.info("\n{}", benchmark.report);
    }

    /** What a reader has to know of all tables; the load first, because what else runs spoils everything. */
    private void head() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        report.line("Medians of %d rounds of %.0f s, [least, most]. %s %s, Java %s; load average before: %.1f."
                .formatted(
                        arguments.rounds(),
                        arguments.seconds(),
                        system.getName(),
                        system.getVersion(),
                        Runtime.version(),
                        system.getSystemLoadAverage()));
    }

    /** Everything that is measured with the worker in a process of its own. */
    private void apart() throws IOException {
        try (var service = ServiceProcess.start(directory, Child.OTHERS, "api")) {
            var deployment = new Deployment(service.api());
            try (var backends = Backends.start(directory, deployment.servers());
                    var worker = Evenkeel.start(directory, service, deployment.configure())) {
                compare(worker, backends);
                if (arguments.contains(Arguments.ISOLATION)) {
                    var isolation = new Isolation(arguments, driver, report);
                    isolation.head(driver.goFirst(backends.pid()));
                    // The loop alone on its processor: two are too few to pin apart the worker's other threads as well.
                    Placement.find().place(worker.pid());
                    isolation.run("apart", worker, service.api(), deployment.memberBesideTraffic());
                }
            }
        }
    }

    /** What is measured with API and worker in one process, on both processors. */
    private void embedded() throws IOException {
        try (var service = ServiceProcess.start(directory, Child.BOTH, "api,worker")) {
            var deployment = new Deployment(service.api());
            try (var backends = Backends.start(directory, deployment.servers());
                    var worker = Evenkeel.embeddedIn(service, deployment.configure())) {
                driver.goFirst(backends.pid());
                new Isolation(arguments, driver, report)
                        .run("embedded", worker, service.api(), deployment.memberBesideTraffic());
            }
        }
    }

    private void compare(Evenkeel worker, Backends backends) throws IOException {
        var others = new ArrayList<Contender>();
        try {
            installed("HAProxy", Haproxy.start(directory, backends)).ifPresent(others::add);
            installed("nginx", Nginx.start(directory, backends)).ifPresent(others::add);
            var contenders = new ArrayList<Contender>(List.of(worker));
            contenders.addAll(others);
            for (var test : arguments.cases()) {
                if (test == TestCase.HTTP2 ? !H2load.isInstalled() : test.isSecure() && !Wrk.isInstalled()) {
                    log.warn("wrk or h2load is not installed: {} is left out", test.title());
                    continue;
                }
                report.add(test, new Comparison(test, contenders, arguments, driver).run());
            }
            if (arguments.contains(Arguments.IDLE)) {
                new IdleMemory(driver, arguments.idle()).run(contenders, report);
            }
        } finally {
            others.forEach(Contender::close);
        }
    }

    private static Optional<Contender> installed(String name, Optional<Contender> started) {
        if (started.isEmpty()) {
            log.warn("{} is not installed: left out", name);
        }
        return started;
    }
}
