package io.evenkeel.bench.controlplane;

import io.evenkeel.bench.controlplane.fill.Size;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long the calls of the control plane take that grow with what it keeps, at 10,000 members and at a million, by one
 * client and by sixteen; each beside the SQL that it does, done by JDBC alone. Rounds of both alternate, so that what
 * else the machine does meets both. Arguments: seconds of a round (3), and numbers of load balancers (100 10000).
 */
public final class ControlPlaneBenchmark {

    private static final Logger log = LoggerFactory.getLogger(ControlPlaneBenchmark.class);
    private static final Path RESULT = Path.of("target", "control-plane.md");
    private static final int ROUNDS = 3;
    private static final int[] CLIENTS = {1, 16};
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private final Duration round;
    private final Report report = new Report();

    private ControlPlaneBenchmark(Duration round) {
        this.round = round;
    }

    public static void main(String[] arguments) throws IOException, SQLException, InterruptedException {
        var given = new ArrayList<>(List.of(arguments));
        var round = Duration.ofSeconds(given.isEmpty() ? 3 : Long.parseLong(given.removeFirst()));
        var sizes = given.isEmpty() ? List.of("100", "10000") : given;
        var benchmark = new ControlPlaneBenchmark(round);
        for (var size : sizes) {
            benchmark.run(new Size(Integer.parseInt(size)));
        }
        Files.writeString(RESULT, benchmark.report.toString());
        log.info("Medians of {} rounds of {} s\n{}", ROUNDS, round.toSeconds(), benchmark.report);
    }

    private void run(Size size) throws IOException, SQLException, InterruptedException {
        try (var instance = FilledHome.open(size);
                var connection = instance.connect()) {
            Operations.reset(connection);
            var operations = new Operations(connection).all();
            for (var operation : operations) {
                Round.run(operation, 4, WARM_UP, () -> new HttpClient(instance.port()));
            }
            for (var operation : operations) {
                if (operation.isWriting()) {
                    Operations.reset(connection);
                }
                measure(size, operation, instance);
            }
            Operations.reset(connection);
        }
    }

    private void measure(Size size, Operation operation, Instance instance)
            throws IOException, SQLException, InterruptedException {
        var replay = record(operation, instance);
        for (int clients : CLIENTS) {
            var http = new ArrayList<Figures>();
            var bare = new ArrayList<Figures>();
            for (int i = 0; i < ROUNDS; i++) {
                http.add(Round.run(operation, clients, round, () -> new HttpClient(instance.port())));
                bare.add(Round.run(operation, clients, round, () -> new BareClient(instance.connect(), replay)));
            }
            log.info(
                    "Load {}: {}",
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                    report.add(
                            size, operation, replay.statements(), clients, Figures.median(http), Figures.median(bare)));
        }
    }

    private static Replay record(Operation operation, Instance instance) throws IOException, SQLException {
        var call = operation.calls().apply(ThreadLocalRandom.current());
        try (var client = new HttpClient(instance.port())) {
            client.prepare(call);
            return new Replay(instance.statements().during(client), call);
        }
    }
}
