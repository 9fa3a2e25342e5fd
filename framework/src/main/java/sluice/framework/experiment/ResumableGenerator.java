package sluice.framework.experiment;

import com.google.common.base.Stopwatch;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import sluice.framework.result.TrainingListener;
import sluice.tasks.Loaded;

/**
 * The training of a network that generates, which goes on from the last checkpoint in its folder, and keeps others there.
 *
 * @param experiment what to do
 * @param data that is loaded
 * @param folder of the checkpoints
 */
record ResumableGenerator(GeneratorExperiment experiment, Loaded data, CheckpointFolder folder) {
    /** The watch has run since loading began; the warnings are for the user. */
    GeneratorOutcome run(Stopwatch watch, TrainingListener listener, BooleanSupplier stopped, List<String> warnings) {
        return new Resumption(folder).of(() -> attempt(watch, listener, stopped, warnings));
    }

    private GeneratorOutcome attempt(
            Stopwatch watch, TrainingListener listener, BooleanSupplier stopped, List<String> warnings) {
        GeneratorPlan plan = experiment.plan();
        AtomicReference<RunCheckpoints> keeper = new AtomicReference<>();
        GeneratorTrace trace = new GeneratorTrace(
                new StoppableListener(listener, stopped, () -> keeper.get().mayStop()));
        try (RunCheckpoints checkpoints = new RunCheckpoints(
                folder,
                plan.checkpoint(),
                trace,
                stopped,
                trace::warning,
                experiment.identity(data),
                plan.stepThreads())) {
            keeper.set(checkpoints);
            checkpoints.find();
            warnings.forEach(trace::warning);
            return experiment.run(data, watch, trace, checkpoints);
        }
    }
}
