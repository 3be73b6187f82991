package io.evenkeel.dataplane;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.evenkeel.testing.Placement;
import io.evenkeel.testing.Placement.Rank;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;

/** The process of a {@link HostileAttack} and what it can be told. */
final class HostileCrowd implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final Writer orders;

    private HostileCrowd(Process process) {
        this.process = process;
        this.answers = process.inputReader(US_ASCII);
        this.orders = process.outputWriter(US_ASCII);
    }

    /** It is there, and does nothing yet. */
    static HostileCrowd gather(Placement placement, HostileAttack attack, WorkerChild worker) throws IOException {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                attack.process().getName(),
                worker.vip,
                Integer.toString(attack.port()),
                attack.name());
        var crowd = new HostileCrowd(new ProcessBuilder(placement.besideLoop(Rank.ATTACKERS, command))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        crowd.answers.readLine();
        return crowd;
    }

    void attack() throws IOException {
        order("attack");
    }

    /** From now on it only stays connected. Returns how many connections the worker has ended so far. */
    int fallSilent() throws IOException {
        order("fall silent");
        return Integer.parseInt(answers.readLine());
    }

    private void order(String what) throws IOException {
        orders.write(what + "\n");
        orders.flush();
    }

    /** It resets what it has open. */
    @Override
    public void close() throws IOException {
        orders.close();
        process.onExit().join();
    }
}
