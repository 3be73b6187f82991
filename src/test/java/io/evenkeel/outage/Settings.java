package io.evenkeel.outage;

import io.evenkeel.outage.postgres.Postgres;
import io.evenkeel.testing.TestInstance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What nodes of one installation are started with. */
final class Settings {

    /** Any one, as an operator of several nodes sets it. */
    private static final String KEY = "0123456789abcdef".repeat(4);

    private Settings() {}

    /** @param databasePort on loopback */
    private static List<String> shared(Path home, int databasePort) {
        return List.of(
                "--evenkeel.home=" + home.toAbsolutePath(),
                "--evenkeel.kek=" + KEY,
                "--spring.datasource.url=" + Postgres.url(databasePort),
                "--spring.datasource.username=" + Postgres.user(),
                "--spring.datasource.password=none",
                "--spring.datasource.hikari.maximum-pool-size=8",
                "--management.server.port=0");
    }

    static List<String> api(Path home, int databasePort, int port) {
        var settings = new ArrayList<>(shared(home, databasePort));
        settings.addAll(List.of(
                "--evenkeel.roles=api",
                "--server.port=" + port,
                "--evenkeel.bootstrap.project-id=" + TestInstance.PROJECT_ID,
                "--evenkeel.bootstrap.access-key=" + TestInstance.ACCESS_KEY,
                "--evenkeel.bootstrap.secret-key=" + TestInstance.SECRET_KEY,
                "--evenkeel.bootstrap.token=" + TestInstance.TOKEN,
                "--evenkeel.inventory.allowed-reserved-ranges=127.0.0.0/8"));
        return settings;
    }

    /** On one host workers could bind each other's VIPs, so none may take over while a test lasts. */
    static List<String> worker(Path home, int databasePort, String zone) {
        var settings = new ArrayList<>(shared(home, databasePort));
        settings.addAll(List.of(
                "--evenkeel.roles=worker",
                "--evenkeel.worker.id=worker-" + zone,
                "--evenkeel.worker.availability-zone=" + zone,
                "--evenkeel.worker.lost-after=1m",
                "--evenkeel.worker.event-loops=1"));
        return settings;
    }
}
