package io.evenkeel.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.EvenkeelApplication;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.TestInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * That a node of the last release goes on while one of this code starts beside it and migrates: "expand first, contract a
 * release later" (docs/operations.md), on a database of the test's own.
 */
@EvenkeelTest
class RollingUpgradeTests {

    /** The migration that the last release ended with. */
    private static final String LAST_RELEASED = "30";

    private static final Path MIGRATIONS = Path.of("db", "migration");

    /**
     * What an old node does not need any more, as {@code table.column} or {@code table}: the last release used it no
     * longer, so that this one may drop it.
     */
    private static final List<String> CONTRACTED = List.of();

    private static final String COLUMNS = """
            select c.relname || '.' || a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
                   a.attnotnull and c.relkind <> 'v' as is_not_null,
                   d.adbin is not null or a.attidentity <> '' as has_default
              from pg_attribute a
              join pg_class c on c.oid = a.attrelid
              left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
             where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relispartition
               and c.relname <> 'flyway_schema_history' and a.attnum > 0 and not a.attisdropped
            """;

    private record Column(String type, boolean isNotNull, boolean hasDefault) {}

    @Autowired
    JdbcConnectionDetails server;

    @Autowired
    JdbcClient instance;

    @TempDir
    private Path directory = Path.of("");

    private final String name = "upgrade_" + UUID.randomUUID().toString().replace('-', '_');
    private String url;
    private JdbcClient jdbc;

    @BeforeEach
    void createDatabase() {
        instance.sql("create database " + name).update();
        url = server.getJdbcUrl().replaceFirst("/[^/?]*(\\?.*)?$", "/" + name);
        var user = Objects.requireNonNull(server.getUsername());
        var password = Objects.requireNonNull(server.getPassword());
        jdbc = JdbcClient.create(new DriverManagerDataSource(url, user, password));
    }

    @AfterEach
    void dropDatabase() {
        instance.sql("drop database " + name + " with (force)").update();
    }

    private Flyway flyway(String location) {
        return Flyway.configure()
                .dataSource(url, server.getUsername(), server.getPassword())
                .locations(location)
                .load();
    }

    private void migrateToLastRelease() {
        Flyway.configure()
                .dataSource(url, server.getUsername(), server.getPassword())
                .locations("classpath:db/migration")
                .target(LAST_RELEASED)
                .load()
                .migrate();
    }

    private Map<String, Column> columns() {
        var columns = new TreeMap<String, Column>();
        jdbc.sql(COLUMNS).query(row -> {
            columns.put(
                    row.getString("name"),
                    new Column(row.getString("type"), row.getBoolean("is_not_null"), row.getBoolean("has_default")));
        });
        return columns;
    }

    @Test
    void migrationsSinceTheLastReleaseTakeNothingAwayAndAskForNothingNew() {
        migrateToLastRelease();
        var before = columns();
        flyway("classpath:db/migration").migrate();
        var after = columns();

        before.forEach((column, was) -> {
            if (CONTRACTED.stream().noneMatch(gone -> column.equals(gone) || column.startsWith(gone + "."))) {
                assertThat(after).as("an old node reads and writes it").containsKey(column);
                var is = Objects.requireNonNull(after.get(column));
                assertThat(is.type()).as(column).isEqualTo(was.type());
                assertThat(is.isNotNull() && !was.isNotNull())
                        .as("an old node may leave %s out", column)
                        .isFalse();
                assertThat(was.hasDefault() && !is.hasDefault())
                        .as("the default of %s", column)
                        .isFalse();
            }
        });
        var tables = before.keySet().stream().map(RollingUpgradeTests::table).toList();
        after.forEach((column, is) -> {
            if (!before.containsKey(column) && tables.contains(table(column))) {
                assertThat(!is.isNotNull() || is.hasDefault())
                        .as("an old node does not know %s, and inserts without it", column)
                        .isTrue();
            }
        });
    }

    private static String table(String column) {
        return column.substring(0, column.indexOf('.'));
    }

    @Test
    void anOldNodeStartsOnAMigratedDatabase() throws IOException {
        flyway("classpath:db/migration").migrate();
        var old = Files.createDirectory(directory.resolve("old"));
        try (var files = Files.list(MIGRATIONS)) {
            for (var file : files.toList()) {
                var version = file.getFileName().toString().replaceFirst("^V0*(\\d+)__.*", "$1");
                if (Integer.parseInt(version) <= Integer.parseInt(LAST_RELEASED)) {
                    Files.copy(file, old.resolve(file.getFileName()));
                }
            }
        }

        var result = flyway("filesystem:" + old).migrate();

        assertThat(result.success).isTrue();
        assertThat(result.migrationsExecuted).isZero();
    }

    @Test
    void anOldNodeWritesWhileANewOneMigratesAndBothGoOn() throws Exception {
        migrateToLastRelease();
        try (var old = new OldNode(jdbc)) {
            goesOn(old);
            var service = SpringApplication.run(
                    EvenkeelApplication.class,
                    "--evenkeel.home=" + directory.resolve("home"),
                    "--evenkeel.roles=api,worker",
                    "--evenkeel.worker.event-loops=1",
                    "--evenkeel.bootstrap.project-id=" + TestInstance.PROJECT_ID,
                    "--evenkeel.bootstrap.token=" + TestInstance.TOKEN,
                    "--spring.datasource.url=" + url,
                    "--spring.datasource.username=" + server.getUsername(),
                    "--spring.datasource.password=" + server.getPassword(),
                    "--management.server.port=0",
                    "--server.address=127.0.0.1",
                    "--server.port=0");
            try (service) {
                assertThat(newest()).isGreaterThan(Integer.parseInt(LAST_RELEASED));
                goesOn(old);
                var api = new Api(
                        "http://127.0.0.1:"
                                + Objects.requireNonNull(((WebServerApplicationContext) service).getWebServer())
                                        .getPort(),
                        TestInstance.PROJECT_ID,
                        TestInstance.TOKEN);
                newNodeReadsWhatTheOldOneWrites(api, old);
                newNodeWrites(api);
                goesOn(old);
            }
        }
    }

    /** Some rounds more, without an error. */
    private static void goesOn(OldNode old) {
        int before = old.rounds();
        await().untilAsserted(() -> {
            assertThat(old.failure()).isNull();
            assertThat(old.rounds()).isGreaterThan(before + 5);
        });
    }

    private int newest() {
        return jdbc.sql("select max(cast(version as integer)) from flyway_schema_history where success")
                .query(Integer.class)
                .single();
    }

    private static void newNodeReadsWhatTheOldOneWrites(Api admin, OldNode old) {
        var api = admin.as(old.projectId(), TestInstance.TOKEN);
        var members = api.get(api.elb("/pools/" + old.pool() + "/members"))
                .expect(200)
                .path("members");
        assertThat(members.valueStream()
                        .map(member -> member.path("operating_status").asString()))
                .contains("ONLINE");
        var workers = api.get(api.elb("/workers")).expect(200).path("workers");
        assertThat(workers.valueStream().map(worker -> worker.path("id").asString()))
                .contains(old.worker())
                .hasSize(2);
        assertThat(workers.findValuesAsString("id")).contains(old.loadBalancer().toString());
        assertThat(api.get(api.elb("/events")).expect(200).path("events")).isNotEmpty();
    }

    private static void newNodeWrites(Api api) {
        var pool = Map.of("type", "ip", "protocol", "HTTP", "lb_algorithm", "ROUND_ROBIN");
        api.post(api.elb("/pools"), Map.of("pool", pool)).expect(201);
    }

    @Test
    void theLastReleaseIsAMigrationThatExists() throws IOException {
        try (var files = Files.list(MIGRATIONS)) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted(Comparator.naturalOrder()))
                    .anyMatch(file -> file.startsWith("V0" + LAST_RELEASED + "__"));
        }
    }
}
