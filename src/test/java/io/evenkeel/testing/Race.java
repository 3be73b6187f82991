package io.evenkeel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Calls that start at one moment, and what each may be answered. */
public final class Race {

    /** A call's answer beside the only outcomes it may have, such as {@code "201"} or {@code "409 is using"}. */
    public record Finish(Api.Answer answer, List<String> allowed) {

        public boolean is(int status) {
            return answer.status() == status;
        }

        public void check() {
            var text = answer.body().path("error_msg").asString("");
            assertThat(allowed)
                    .as(
                            "%s %s answered %s",
                            answer.raw().request().method(),
                            answer.raw().uri(),
                            answer.raw().body())
                    .anyMatch(outcome -> {
                        var parts = outcome.split(" ", 2);
                        return parts[0].equals(Integer.toString(answer.status()))
                                && (parts.length == 1 || text.contains(parts[1]));
                    });
        }
    }

    /** One call of somebody's. */
    public interface Call extends Supplier<Finish> {}

    private record Runner(List<Call> calls) {}

    private final JdbcClient jdbc;
    private final List<Runner> runners = new ArrayList<>();

    public Race(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public static Call call(Supplier<Api.Answer> call, String... allowed) {
        return () -> new Finish(call.get(), List.of(allowed));
    }

    /** Somebody who makes these calls one after the other, on a thread of their own. */
    public Race with(Call... calls) {
        runners.add(new Runner(List.of(calls)));
        return this;
    }

    /** Lets all of them run, checks that nothing was answered but what may be, and that nobody met a deadlock. */
    public List<Finish> run(int seed) {
        long before = deadlocks();
        var together = new CyclicBarrier(runners.size());
        Collections.shuffle(runners, new Random(seed));
        var tasks = runners.stream()
                .<Callable<List<Finish>>>map(runner -> () -> {
                    together.await();
                    return runner.calls().stream().map(Call::get).toList();
                })
                .toList();
        var finished = new ArrayList<Finish>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var task : threads.invokeAll(tasks)) {
                finished.addAll(task.get());
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        finished.forEach(Finish::check);
        assertThat(deadlocks()).as("deadlocks").isEqualTo(before);
        return finished;
    }

    private long deadlocks() {
        return jdbc.sql("select deadlocks from pg_stat_database where datname = current_database()")
                .query(Long.class)
                .single();
    }
}
