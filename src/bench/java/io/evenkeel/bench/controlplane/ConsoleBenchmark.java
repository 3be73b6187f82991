package io.evenkeel.bench.controlplane;

import io.evenkeel.bench.controlplane.fill.Size;
import io.evenkeel.testing.TestInstance;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long the console's pages take, one after the other, with 1,000 load balancers of one project and as
 * many of others. Arguments: pages of each kind (300), number of load balancers of all (2000).
 */
public final class ConsoleBenchmark {

    private static final Logger log = LoggerFactory.getLogger(ConsoleBenchmark.class);
    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final String PROJECT = "/console/projects/" + TestInstance.PROJECT_ID;
    private static final int WARM_UP = 100;

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final Random random = new Random(1);
    private final String root;

    private ConsoleBenchmark(int port) {
        root = "http://127.0.0.1:" + port;
    }

    public static void main(String[] arguments) throws IOException, SQLException, InterruptedException {
        int pages = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300;
        int balancers = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2000;
        try (var instance = FilledHome.open(new Size(balancers));
                var connection = instance.connect()) {
            var benchmark = new ConsoleBenchmark(instance.port());
            benchmark.signIn();
            for (var page : pages(connection).entrySet()) {
                benchmark.read(page.getValue(), WARM_UP);
                var nanos = benchmark.read(page.getValue(), pages);
                log.info(
                        "{}: p50 {} ms, p95 {} ms, p99 {} ms",
                        page.getKey(),
                        at(nanos, 50),
                        at(nanos, 95),
                        at(nanos, 99));
            }
        }
    }

    private static Map<String, List<String>> pages(Connection connection) throws SQLException {
        var pages = new LinkedHashMap<String, List<String>>();
        pages.put("list of load balancers", List.of("/load-balancers"));
        pages.put(
                "load balancer",
                paths(
                        connection,
                        "/load-balancers/",
                        "select id from load_balancer where project_id = '" + TestInstance.PROJECT_ID + "' limit 500"));
        pages.put("list of groups", List.of("/groups"));
        pages.put(
                "group",
                paths(
                        connection,
                        "/groups/",
                        "select id from pool where project_id = '" + TestInstance.PROJECT_ID + "' limit 500"));
        pages.put(
                "largest group",
                paths(
                        connection,
                        "/groups/",
                        "select id from pool where project_id = '" + TestInstance.PROJECT_ID
                                + "' order by member_count desc limit 1"));
        pages.put(
                "search by address",
                paths(
                        connection,
                        "/search?q=",
                        "select host(address) from member where project_id = '" + TestInstance.PROJECT_ID
                                + "' limit 500"));
        pages.put("search by name", List.of("/search?q=balancer"));
        pages.put("audit", List.of("/audit"));
        return pages;
    }

    private static List<String> paths(Connection connection, String before, String sql) throws SQLException {
        var paths = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                paths.add(before + rows.getString(1));
            }
        }
        return paths;
    }

    private void signIn() throws IOException, InterruptedException {
        var form = FORM_TOKEN.matcher(get("/console/sign-in"));
        if (!form.find()) {
            throw new IllegalStateException("The sign-in page has no form");
        }
        http.send(
                HttpRequest.newBuilder(URI.create(root + "/console/sign-in"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "token=" + TestInstance.TOKEN + "&_csrf=" + form.group(1)))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    private long[] read(List<String> paths, int times) throws IOException, InterruptedException {
        var nanos = new long[times];
        for (int n = 0; n < times; n++) {
            long begin = System.nanoTime();
            get(PROJECT + paths.get(random.nextInt(paths.size())));
            nanos[n] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private String get(String path) throws IOException, InterruptedException {
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(root + path)).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + " answers " + answer.statusCode());
        }
        return answer.body();
    }

    private static double at(long[] sorted, int percent) {
        return Math.round(sorted[sorted.length * percent / 100] / 1e5) / 10.0;
    }
}
