package io.evenkeel.status.receipt;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A worker, and how far it is with one resource.
 *
 * @param zone where it runs
 * @param isLive whether it was heard within the last seconds
 * @param isPlaced whether it is live and is to serve the resource
 * @param isStandby whether all that keeps it from serving is that its host does not have the address
 * @param receipt absent: it holds nothing of the resource
 */
public record WorkerReceipt(
        String workerId,
        Optional<String> zone,
        boolean isLive,
        boolean isPlaced,
        boolean isStandby,
        Optional<Receipt> receipt) {

    /**
     * Those who are to serve this generation and do not yet. A standby is not, as long as another one
     * serves: when the address comes to its host, it serves what it holds.
     */
    public static List<WorkerReceipt> missing(Collection<WorkerReceipt> workers, long generation) {
        var placed = workers.stream().filter(WorkerReceipt::isPlaced).toList();
        boolean isServed = placed.stream().anyMatch(worker -> worker.isServing(generation));
        return placed.stream()
                .filter(worker -> !worker.isServing(generation))
                .filter(worker -> !(isServed && worker.isStandby() && worker.holds(generation)))
                .toList();
    }

    /** Whether nobody lives to serve anything. */
    public static boolean isNobodyLive(Collection<WorkerReceipt> workers) {
        return workers.stream().noneMatch(WorkerReceipt::isLive);
    }

    /** Whether it has taken over this generation, or a later one. */
    public boolean holds(long generation) {
        return receipt.filter(known -> known.applied() >= generation).isPresent();
    }

    /** Whether it was seen to serve this generation, or a later one. */
    public boolean isServing(long generation) {
        return receipt.flatMap(Receipt::serving)
                .filter(serving -> serving.generation() >= generation)
                .isPresent();
    }

    /** What it lacks, for people. */
    String lacks(long generation) {
        var where = "Worker " + workerId + zone.map(code -> " in " + code).orElse("");
        return receipt.map(known -> where + lacks(known, generation)).orElse(where + " holds nothing of it yet");
    }

    private static String lacks(Receipt receipt, long generation) {
        if (receipt.applied() < generation) {
            return " holds generation " + receipt.applied();
        }
        return " holds it, and has not shown that it serves it"
                + receipt.trouble().map(why -> ": " + why).orElse("");
    }
}
