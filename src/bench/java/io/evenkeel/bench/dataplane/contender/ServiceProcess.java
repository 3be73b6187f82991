package io.evenkeel.bench.dataplane.contender;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.TestInstance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A process of the packaged service with the role {@code api}, alone or with {@code worker}, and its own database. */
public final class ServiceProcess implements AutoCloseable {

    private static final int PORT = 7_380;
    private static final int MANAGEMENT_PORT = 7_381;
    private static final String MEMORY = "-Xmx768m";

    private final Path home;
    private final Child process;

    private ServiceProcess(Path home, Child process) {
        this.home = home;
        this.process = process;
    }

    /**
     * @param processors as {@code taskset -c} takes them
     * @param roles as {@code evenkeel.roles}
     */
    public static ServiceProcess start(Path directory, String processors, String roles) throws IOException {
        var home = directory.resolve("home-of-" + roles.replace(',', '-')).toAbsolutePath();
        var command = new ArrayList<String>(List.of(Programs.java("java"), MEMORY, "-jar"));
        command.add(Programs.jar().toString());
        command.addAll(List.of(
                "--evenkeel.home=" + home,
                "--evenkeel.roles=" + roles,
                "--evenkeel.worker.event-loops=1",
                "--evenkeel.bootstrap.project-id=" + TestInstance.PROJECT_ID,
                "--evenkeel.bootstrap.access-key=" + TestInstance.ACCESS_KEY,
                "--evenkeel.bootstrap.secret-key=" + TestInstance.SECRET_KEY,
                "--evenkeel.bootstrap.token=" + TestInstance.TOKEN,
                "--evenkeel.inventory.allowed-reserved-ranges=127.0.0.0/8",
                "--server.port=" + PORT,
                "--management.server.port=" + MANAGEMENT_PORT));
        var process = Child.start(directory, "service-" + roles.replace(',', '-'), processors, command);
        var started = new ServiceProcess(home, process);
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT);
        Patience.require("The service", process, () -> Endpoints.accepts(address));
        return started;
    }

    public Api api() {
        return new Api("http://127.0.0.1:" + PORT, TestInstance.PROJECT_ID, TestInstance.TOKEN);
    }

    public long pid() {
        return process.pid();
    }

    Child process() {
        return process;
    }

    /** What another process of the same installation is started with: its database and the key of its secrets. */
    List<String> shared() throws IOException {
        // The fourth line of what PostgreSQL writes beside its data is its port.
        var port = Files.readAllLines(home.resolve("database/postmaster.pid"))
                .get(3)
                .strip();
        return List.of(
                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                "--spring.datasource.username=postgres",
                "--spring.datasource.password=" + secret("database-password"),
                "--evenkeel.kek=" + secret("kek"));
    }

    private String secret(String name) throws IOException {
        return Files.readString(home.resolve(name)).strip();
    }

    @Override
    public void close() {
        process.close();
        delete(home);
    }

    static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Left behind: " + directory, e);
        }
    }
}
