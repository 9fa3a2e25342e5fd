package sluice.framework.experiment;

import com.google.common.base.Stopwatch;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import sluice.framework.result.TrainingListener;
import sluice.framework.strategy.Forecast;
import sluice.tasks.Loaded;
import sluice.tasks.source.DataPlace;

/** A network that generates, as a run of a comparison. */
record ComparedGenerator(GeneratorExperiment experiment) implements ComparedWork {
    @Override
    public Object dataKey() {
        return experiment.plan().script().script().data();
    }

    @Override
    public Loaded load(DataPlace place) {
        return experiment.load(place);
    }

    @Override
    public void check(Loaded data) {
        experiment.forecast(data);
    }

    @Override
    public RunIdentity identity(Loaded data) {
        return experiment.identity(data);
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
        GeneratorOutcome outcome = experiment.run(data, watch, listener, stopped, checkpoints);
        return new Ended(outcome.metrics(), folder -> GeneratorFiles.write(outcome, folder));
    }
}
