package io.evenkeel.dataplane.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Fuzzes every {@link FuzzTarget} with Jazzer, each in a process of its own, as many at once as there are processors,
 * and ends with 1 where one of them found something.
 *
 * <p>Arguments: the seconds for all together; {@code keep} to put what was found to be new, made few, beside the inputs
 * that are kept; names of targets for some of them only.
 */
public final class FuzzCampaign {

    private static final Path WORK = Path.of("target", "fuzz");

    private FuzzCampaign() {}

    public static void main(String[] arguments) throws Exception {
        var words = List.of(arguments);
        int seconds = Integer.parseInt(words.getFirst());
        var targets = Arrays.stream(FuzzTarget.values())
                .filter(FuzzTarget::isSupported)
                .filter(target -> namesOf(words).isEmpty() || namesOf(words).contains(target.name()))
                .toList();
        int atOnce = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, targets.size());
        int each = Math.max(1, seconds * atOnce / targets.size());
        print("%d targets, %d at once, %d s each".formatted(targets.size(), atOnce, each));
        var runs = new ArrayList<Callable<FuzzRun>>();
        targets.forEach(target -> runs.add(() -> FuzzRun.of(target, WORK, each)));
        var finished = all(runs, atOnce);
        if (words.contains("keep")) {
            for (var run : finished) {
                run.keep();
            }
        }
        print("");
        finished.forEach(run -> print(run.summary()));
        System.exit(finished.stream().allMatch(FuzzRun::isClean) ? 0 : 1);
    }

    private static List<String> namesOf(List<String> words) {
        return words.stream()
                .skip(1)
                .filter(word -> !word.equals("keep") && !word.isBlank())
                .toList();
    }

    private static List<FuzzRun> all(List<Callable<FuzzRun>> runs, int atOnce) throws Exception {
        Files.createDirectories(WORK);
        try (var pool = Executors.newFixedThreadPool(atOnce)) {
            var finished = new ArrayList<FuzzRun>();
            for (Future<FuzzRun> run : pool.invokeAll(runs)) {
                finished.add(run.get());
            }
            return finished;
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException cause ? cause : failed;
        }
    }

    @SuppressWarnings("SystemOut") // What a command line says.
    private static void print(String line) {
        System.out.println(line);
    }
}
