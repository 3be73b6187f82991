package io.evenkeel.dataplane;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.evenkeel.dataplane.traffic.Count;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.jar.JarOutputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;

/** A {@link WorkerProcess} and what it can be asked. */
final class WorkerChild implements AutoCloseable {

    static final int PORT = 8080;
    static final int SECURE_PORT = 8443;

    /** In bytes. */
    record Memory(long heap, long outside) {}

    final String vip = "127." + random() + '.' + random() + '.' + random();
    private final Path log;
    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;

    private WorkerChild(Path home, List<String> flags, int webPort, int namesPort, Duration clientTimeout)
            throws IOException {
        log = home.resolve("worker.log");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xshare:off"));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath(home), WorkerProcess.class.getName()));
        command.addAll(List.of(
                home.toString(),
                vip,
                Integer.toString(PORT),
                Integer.toString(webPort),
                Integer.toString(namesPort),
                Long.toString(clientTimeout.toSeconds())));
        process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        answers = process.inputReader(US_ASCII);
        questions = process.outputWriter(US_ASCII);
        for (var line = answers.readLine(); !"ready".equals(line); line = answers.readLine()) {
            if (line == null) {
                throw new IOException("The worker does not start: " + Files.readString(log));
            }
        }
    }

    /** @param flags of its Java */
    static WorkerChild start(Path home, List<String> flags, int webPort, int namesPort, Duration clientTimeout)
            throws IOException {
        return new WorkerChild(home, flags, webPort, namesPort, clientTimeout);
    }

    /** Of jars alone, as the service is shipped: a class in a directory takes a descriptor to be loaded. */
    private static String classPath(Path home) throws IOException {
        var entries = new ArrayList<String>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            var path = Path.of(entry);
            // An empty one is the working directory, in which other tests write meanwhile.
            if (!entry.isEmpty()) {
                entries.add(Files.isDirectory(path) ? jarOf(path, home).toString() : entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    private static Path jarOf(Path classes, Path home) throws IOException {
        var jar = home.resolve(classes.getFileName() + ".jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(classes)) {
            out.setLevel(Deflater.NO_COMPRESSION);
            for (var file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar;
    }

    private static int random() {
        return ThreadLocalRandom.current().nextInt(2, 250);
    }

    synchronized long count(Count what) throws IOException {
        return Long.parseLong(ask(what.name()));
    }

    synchronized Memory memory() throws IOException {
        var answer = ask("memory").split(" ", 2);
        return new Memory(Long.parseLong(answer[0]), Long.parseLong(answer[1]));
    }

    private String ask(String question) throws IOException {
        questions.write(question + "\n");
        questions.flush();
        return String.valueOf(answers.readLine());
    }

    long pid() {
        return process.pid();
    }

    /** Processor time so far. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Memory that it has of the system's, in bytes. */
    long resident() throws IOException {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            var kibibytes = lines.filter(line -> line.startsWith("VmRSS:"))
                    .findFirst()
                    .orElseThrow()
                    .replaceAll("[^0-9]", "");
            return Long.parseLong(kibibytes) << 10;
        }
    }

    long openDescriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            return open.count();
        }
    }

    /** Lets it have no more descriptors than these; false where this host has no means for it. */
    boolean limitDescriptors(long limit) throws IOException, InterruptedException {
        var command = List.of("prlimit", "--pid", Long.toString(process.pid()), "--nofile=" + limit + ":");
        return new ProcessBuilder(command).start().waitFor() == 0;
    }

    /** What it has logged so far: one line of it for each element. */
    List<String> log() throws IOException {
        return Files.readAllLines(log);
    }

    @Override
    public void close() throws IOException {
        questions.close();
        process.destroy();
        process.onExit().join();
    }
}
