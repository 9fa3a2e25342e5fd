package sluice.framework.experiment;

import com.google.common.base.Stopwatch;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import sluice.framework.result.TrainingListener;
import sluice.framework.strategy.Forecast;
import sluice.tasks.Loaded;
import sluice.tasks.source.DataPlace;

/** Tasks that are learned one after another, as a run of a comparison. */
record ComparedTasks(RunPlan plan, Experiment experiment) implements ComparedWork {
    @Override
    public Object dataKey() {
        return plan.data().key();
    }

    @Override
    public Loaded load(DataPlace place) {
        return experiment.load(place);
    }

    @Override
    public void check(Loaded data) {
        experiment.tasks(data);
    }

    @Override
    public RunIdentity identity(Loaded data) {
        return RunIdentity.of(plan, experiment.tasks(data));
    }

    @Override
    public Forecast forecast(Loaded data) {
        return experiment.forecast(data);
    }

    @Override
    public Ended run(
            Loaded data,
            DataPlace place,
            Stopwatch watch,
            TrainingListener listener,
            BooleanSupplier stopped,
            Supplier<Optional<CheckpointFolder>> checkpoints) {
        Outcome outcome = experiment.asking(place, data).run(data, watch, listener, stopped, checkpoints);
        return new Ended(outcome.metrics(), folder -> RunFiles.write(outcome, folder));
    }
}
