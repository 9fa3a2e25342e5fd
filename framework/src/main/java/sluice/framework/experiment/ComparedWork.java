package sluice.framework.experiment;

import com.google.common.base.Stopwatch;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import sluice.evaluation.RunMetrics;
import sluice.framework.result.TrainingListener;
import sluice.framework.strategy.Forecast;
import sluice.tasks.Loaded;
import sluice.tasks.source.DataPlace;

/** A run of a comparison, ready to go, whatever it learns. */
interface ComparedWork {
    /** What equals that of other runs with the same data. */
    Object dataKey();

    /**
     * @throws sluice.tasks.InputException if the data cannot be had
     */
    Loaded load(DataPlace place);

    /**
     * Makes sure that the data fit.
     *
     * @throws sluice.tasks.InputException if not
     */
    void check(Loaded data);

    /** What the run's results depend on. */
    RunIdentity identity(Loaded data);

    /** What it will take. */
    Forecast forecast(Loaded data);

    /**
     * Does it with data that is loaded; the watch has run since loading began.
     *
     * @param place where files of data of earlier runs are, if one is gone on from
     * @param stopped whether it is to end
     * @param checkpoints asked where they are kept, if it keeps any
     */
    Ended run(
            Loaded data,
            DataPlace place,
            Stopwatch watch,
            TrainingListener listener,
            BooleanSupplier stopped,
            Supplier<Optional<CheckpointFolder>> checkpoints);

    /**
     * A run that went to its end.
     *
     * @param metrics its figures
     * @param files writes its files to a folder
     */
    record Ended(RunMetrics metrics, Consumer<Path> files) {}
}
