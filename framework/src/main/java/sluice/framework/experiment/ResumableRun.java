package sluice.framework.experiment;

import com.google.common.base.Stopwatch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import sluice.framework.result.TrainingListener;
import sluice.tasks.TaskSequence;

/** A run that goes on from the last checkpoint in its folder, and keeps others there. */
final class ResumableRun {
    private final Experiment experiment;
    private final TaskSequence sequence;
    private final CheckpointFolder folder;

    ResumableRun(Experiment experiment, TaskSequence sequence, CheckpointFolder folder) {
        this.experiment = experiment;
        this.sequence = sequence;
        this.folder = folder;
    }

    /** The watch has run since loading began; the warnings are for the user. */
    Outcome run(Stopwatch watch, TrainingListener listener, BooleanSupplier stopped, List<String> warnings) {
        // looked at now, as somebody may build anew before a long training ends
        CodeDigest.ofThisProcess();
        Duration loading = watch.elapsed();
        return new Resumption(folder).of(() -> attempt(watch, loading, listener, stopped, warnings));
    }

    private Outcome attempt(
            Stopwatch watch,
            Duration loading,
            TrainingListener listener,
            BooleanSupplier stopped,
            List<String> warnings) {
        RunPlan plan = experiment.plan();
        AtomicReference<RunCheckpoints> keeper = new AtomicReference<>();
        TrainingListener stoppable =
                new StoppableListener(listener, stopped, () -> keeper.get().mayStop());
        RunTrace trace = new RunTrace(stoppable, plan.report(), sequence.tasks().size());
        try (RunCheckpoints checkpoints = new RunCheckpoints(
                folder,
                plan.checkpoint(),
                trace,
                stopped,
                trace::warning,
                RunIdentity.of(plan, sequence),
                plan.threads())) {
            keeper.set(checkpoints);
            checkpoints.find();
            warnings.forEach(trace::warning);
            return experiment.run(sequence, watch, loading, trace, checkpoints);
        }
    }
}
