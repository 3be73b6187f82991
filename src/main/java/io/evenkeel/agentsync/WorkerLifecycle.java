package io.evenkeel.agentsync;

import io.evenkeel.agentsync.compile.DesiredStateCompiler;
import io.evenkeel.agentsync.feed.ChangeFeed;
import io.evenkeel.agentsync.feed.Changes;
import io.evenkeel.agentsync.feed.Epochs;
import io.evenkeel.agentsync.metrics.WorkerMetrics;
import io.evenkeel.agentsync.placement.PlacementReads;
import io.evenkeel.agentsync.placement.Share;
import io.evenkeel.agentsync.receipt.ReceiptReporter;
import io.evenkeel.agentsync.receipt.ReceiptReporters;
import io.evenkeel.agentsync.traffic.TrafficReporter;
import io.evenkeel.agentsync.traffic.TrafficReporters;
import io.evenkeel.agentsync.vip.Vips;
import io.evenkeel.certificate.PrivateKeyOwner;
import io.evenkeel.dataplane.WorkerOptions;
import io.evenkeel.dataplane.transport.TransportOptions;
import io.evenkeel.diagnosis.HealthCheckJobs;
import io.evenkeel.identity.Sealing;
import io.evenkeel.platform.database.EvenkeelHome;
import io.evenkeel.platform.database.SchemaMigration;
import io.evenkeel.status.StatusRecorder;
import io.evenkeel.status.worker.WorkerFacts;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;

/** Starts the worker of this process with the application, and stops it first. Only with the role {@code worker}. */
@Component
@ConditionalOnExpression("'${evenkeel.roles}'.contains('worker')")
class WorkerLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(WorkerLifecycle.class);
    private static final String ID_FILE = "worker-id";

    private final WorkerProperties properties;
    private final EvenkeelHome home;
    private final StatusRecorder recorder;
    private final SchemaMigration migration;
    private final ChangeFeed feed;
    private final DesiredStateCompiler compiler;
    private final Epochs epochs;
    private final PlacementReads placement;
    private final Housekeeping housekeeping;
    private final HealthCheckJobs jobs;
    private final TrafficReporters traffic;
    private final ReceiptReporters receipts;
    private final WorkerMetrics metrics;
    private final Vips vips;
    private final Hints hints;
    private final Sealing sealing;
    private final PlatformTransactionManager transactions;
    private final Clock clock;
    private @Nullable Running running;

    private record Running(
            StatusReporter reporter,
            EmbeddedWorker worker,
            AgentSync sync,
            Questions questions,
            TrafficReporter traffic,
            ReceiptReporter receipts) {
        void stop() {
            questions.close();
            sync.close();
            worker.close();
            traffic.close();
            receipts.close();
            reporter.close();
        }
    }

    WorkerLifecycle(
            WorkerProperties properties,
            EvenkeelHome home,
            StatusRecorder recorder,
            SchemaMigration migration,
            ChangeFeed feed,
            DesiredStateCompiler compiler,
            Epochs epochs,
            PlacementReads placement,
            Housekeeping housekeeping,
            HealthCheckJobs jobs,
            TrafficReporters traffic,
            ReceiptReporters receipts,
            WorkerMetrics metrics,
            Vips vips,
            Hints hints,
            Sealing sealing,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.properties = properties;
        this.home = home;
        this.recorder = recorder;
        this.migration = migration;
        this.feed = feed;
        this.compiler = compiler;
        this.epochs = epochs;
        this.placement = placement;
        this.housekeeping = housekeeping;
        this.jobs = jobs;
        this.traffic = traffic;
        this.receipts = receipts;
        this.metrics = metrics;
        this.vips = vips;
        this.hints = hints;
        this.sealing = sealing;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        var workerId = workerId();
        var facts =
                new WorkerFacts(workerId, properties.availabilityZone(), properties.replicasPerZone(), clock.instant());
        boolean hasBegun = tryToBegin(facts);
        var reporter = new StatusReporter(workerId, recorder);
        var receiptReporter = receipts.report(workerId);
        var loops = properties.eventLoops() == 0
                ? TransportOptions.defaults()
                : TransportOptions.ofLoops(properties.eventLoops());
        var options = new WorkerOptions(
                home.directory("last-good"),
                properties.vipBinding(),
                (certificateId, sealedKey) -> sealing.open(sealedKey, PrivateKeyOwner.of(certificateId)),
                properties.accessLog().options(),
                Optional.ofNullable(properties.availabilityZone()));
        var worker = new EmbeddedWorker(
                workerId, options, properties.transport().open(loops), reporter, receiptReporter, clock);
        worker.start();
        var share = new Share(properties.among(workerId), placement, properties.lostAfter(), System::nanoTime);
        var reconciler = new Reconciler(feed, compiler, epochs, transactions, worker, share);
        var sync = new AgentSync(hints, reconciler, chores(facts, worker, hasBegun));
        sync.start();
        var questions = new Questions(workerId, jobs, compiler, transactions);
        questions.start();
        running = new Running(
                reporter,
                worker,
                sync,
                questions,
                traffic.report(workerId, worker.worker().traffic()),
                receiptReporter);
        metrics.show(worker.worker());
        vips.show(worker.worker());
        log.atInfo()
                .addKeyValue("workerId", workerId)
                .addKeyValue("eventLoops", loops.loops())
                .log("The worker runs");
    }

    /** Without the database the worker serves what it served last, and tells of itself later. */
    private boolean tryToBegin(WorkerFacts facts) {
        try {
            begin(facts);
            return true;
        } catch (DataAccessException | TransactionException e) {
            log.atWarn()
                    .addKeyValue("workerId", facts.id())
                    .log("The database cannot be asked; the worker serves what it served last: {}", e.getMessage());
            return false;
        }
    }

    private void begin(WorkerFacts facts) {
        migration.complete();
        housekeeping.beforeFirstLook(facts.id());
        recorder.heartbeat(facts, Changes.BEGINNING);
    }

    private AgentSync.Chores chores(WorkerFacts facts, EmbeddedWorker worker, boolean hasBegun) {
        return new AgentSync.Chores() {
            @Override
            public void begin() {
                if (!hasBegun) {
                    WorkerLifecycle.this.begin(facts);
                    // What it told meanwhile was of a worker that the database did not know, or is forgotten now.
                    worker.reportObserved();
                }
            }

            @Override
            public void heartbeat(String watermark) {
                if (recorder.heartbeat(facts, watermark)) {
                    // Forgotten meanwhile, with all it had said.
                    worker.reportObserved();
                }
            }

            @Override
            public void sweep() {
                worker.reportObserved();
                housekeeping.sweep();
            }
        };
    }

    private String workerId() {
        if (properties.id() != null) {
            return properties.id();
        }
        var kept = home.readSecret(ID_FILE);
        if (kept != null) {
            return kept;
        }
        var made = UUID.randomUUID().toString();
        home.writeSecret(ID_FILE, made);
        return made;
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            leave();
            metrics.hide();
            vips.hide();
            running.stop();
            running = null;
        }
    }

    /** Whoever leads traffic here is told first, and has the time that it takes to lead it elsewhere. */
    private void leave() {
        vips.leave();
        if (!properties.leaveAfter().isZero()) {
            log.atInfo().log("The worker ends in {}", properties.leaveAfter());
            LockSupport.parkNanos(properties.leaveAfter().toNanos());
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }
}
