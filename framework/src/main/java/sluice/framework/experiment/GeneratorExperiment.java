package sluice.framework.experiment;

import com.google.common.base.Stopwatch;
import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.generator.GeneratorCost;
import sluice.framework.generator.GeneratorData;
import sluice.framework.generator.GeneratorResult;
import sluice.framework.generator.GeneratorShape;
import sluice.framework.generator.GeneratorTest;
import sluice.framework.generator.GeneratorTrainer;
import sluice.framework.generator.LatentLayer;
import sluice.framework.internal.kernel.Blas;
import sluice.framework.result.TrainingListener;
import sluice.framework.script.GeneratorScript;
import sluice.framework.script.GeneratorSettings;
import sluice.framework.strategy.Forecast;
import sluice.tasks.DataSet;
import sluice.tasks.Loaded;
import sluice.tasks.Shape;
import sluice.tasks.script.DataSettings;
import sluice.tasks.script.TaskSequenceScript;
import sluice.tasks.source.DataPlace;

/** A run that trains a network that generates, checked as far as it can be without data, ready to go. */
public final class GeneratorExperiment {
    /** What to do where memory does not suffice, on one line. */
    public static final String NOT_ENOUGH_MEMORY =
            "not enough memory for this generator: give Java more with SLUICE_JAVA_OPTS=-Xmx4g, or make generator.latents,"
                    + " generator.hidden or training.batch_size smaller";

    private static final int FEW_STEPS = 100;
    /** Of one matrix at the most: a native one of floats may take 2 GiB. */
    private static final long MOST_VALUES = Integer.MAX_VALUE / Float.BYTES;

    private final GeneratorPlan plan;

    private GeneratorExperiment(GeneratorPlan plan) {
        this.plan = plan;
    }

    /**
     * {@return the experiment}
     *
     * @param script with a section {@code generator}, read and checked
     * @throws sluice.tasks.InputException at {@code file:line: key} if a name is unknown or settings do not fit together
     */
    public static GeneratorExperiment of(TaskSequenceScript script) {
        return of(new GeneratorPlan(GeneratorScript.of(script)));
    }

    static GeneratorExperiment of(GeneratorPlan plan) {
        return new GeneratorExperiment(plan);
    }

    /** {@return what to do} */
    public GeneratorPlan plan() {
        return plan;
    }

    private GeneratorSettings settings() {
        return plan.script().generator();
    }

    /** What will surprise, though nothing is wrong with it. */
    ImmutableList<Surprise> surprises(Loaded loaded) {
        ImmutableList.Builder<Surprise> surprises = ImmutableList.builder();
        GeneratorData data = data(loaded);
        data.set().notes().forEach(note -> surprises.add(new Surprise("data", note)));
        surprises.addAll(shortages(data));
        long steps = new GeneratorForecast(trainer(data), data).steps();
        if (steps < FEW_STEPS) {
            surprises.add(new Surprise(
                    "training",
                    "makes %d steps, far too few: weights hardly move (write for instance iterations: 2000)"
                            .formatted(steps)));
        }
        return surprises.build();
    }

    /** Examples that the script speaks of and the data has not. */
    private ImmutableList<Surprise> shortages(GeneratorData data) {
        ImmutableList.Builder<Surprise> shortages = ImmutableList.builder();
        int batch = plan.script().training().batchSize();
        if (batch > data.trained()) {
            shortages.add(new Surprise(
                    "training.batch_size",
                    "%d is more than the %d training examples, which make every batch"
                            .formatted(batch, data.trained())));
        }
        if (settings().classLatent() instanceof GeneratorSettings.ClassLatent.Known known
                && known.perClass() < Integer.MAX_VALUE) {
            int least = data.leastOfAClass();
            if (least < known.perClass()) {
                shortages.add(new Surprise(
                        "generator.class",
                        "%d examples of each class are to be known, and a class has %d"
                                .formatted(known.perClass(), least)));
            }
        }
        return shortages.build();
    }

    private ImmutableList<String> remarks(Loaded loaded) {
        return surprises(loaded).stream()
                .map(surprise -> plan.remark(surprise.key(), surprise.message()))
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * Loads the data, wherever this user has it, and does the run.
     *
     * @param listener told of progress
     * @return what came of it
     * @throws sluice.tasks.InputException if the data cannot be had or does not fit
     */
    public GeneratorOutcome run(TrainingListener listener) {
        return run(UserData.place(), listener, () -> false);
    }

    /**
     * Loads the data, warns of what will surprise, trains a new network and evaluates it, until somebody wants it to end.
     *
     * @param place where files of data are, unless the run names a folder of its own
     * @param listener told of progress
     * @param stopped asked at every step, and at every image that is evaluated, whether to end
     * @return what came of it
     * @throws RunStoppedException at the next step after it was to end
     * @throws sluice.framework.result.DivergedException if the bound becomes no number
     * @throws sluice.tasks.InputException if the data cannot be had or does not fit
     */
    public GeneratorOutcome run(DataPlace place, TrainingListener listener, BooleanSupplier stopped) {
        // before data are loaded, as nothing comes of them without
        Blas.coreType();
        Stopwatch watch = Stopwatch.createStarted();
        Loaded data = load(place);
        return run(data, watch, new StoppableListener(listener, stopped), remarks(data));
    }

    /**
     * The same, with checkpoints: goes on from the last one in a folder, with the same bits, and keeps others there, as often as the
     * script says and when the run is to end.
     *
     * @param place where files of data are, unless the run names a folder of its own
     * @param listener told of progress
     * @param stopped asked at every step, and at every image that is evaluated, whether to end
     * @param folder of the checkpoints
     * @return what came of it
     * @throws RunStoppedException at the next step after it was to end
     * @throws sluice.framework.result.DivergedException if the bound becomes no number
     * @throws sluice.tasks.InputException if the data cannot be had or does not fit, or the folder's checkpoint is of another run
     */
    public GeneratorOutcome run(
            DataPlace place, TrainingListener listener, BooleanSupplier stopped, CheckpointFolder folder) {
        Blas.coreType();
        Stopwatch watch = Stopwatch.createStarted();
        Loaded data = load(place);
        if (!keepsCheckpoints()) {
            folder.clear();
            return run(data, watch, new StoppableListener(listener, stopped), remarks(data));
        }
        return new ResumableGenerator(this, data, folder).run(watch, listener, stopped, remarks(data));
    }

    /** The same with data that is loaded, of which a user was warned; the watch has run since loading began. */
    GeneratorOutcome run(
            Loaded data,
            Stopwatch watch,
            TrainingListener listener,
            BooleanSupplier stopped,
            Supplier<Optional<CheckpointFolder>> folder) {
        Optional<CheckpointFolder> kept = keepsCheckpoints() ? folder.get() : Optional.empty();
        return kept.isPresent()
                ? new ResumableGenerator(this, data, kept.get()).run(watch, listener, stopped, ImmutableList.of())
                : run(data, watch, new StoppableListener(listener, stopped), ImmutableList.of());
    }

    private boolean keepsCheckpoints() {
        return plan.checkpointEvery().isPresent();
    }

    private GeneratorOutcome run(Loaded data, Stopwatch watch, TrainingListener listener, List<String> warnings) {
        GeneratorTrace trace = new GeneratorTrace(listener);
        warnings.forEach(trace::warning);
        return run(data, watch, trace, Checkpoints.NONE);
    }

    /** The same with a trace that has been told what was to be told. */
    GeneratorOutcome run(Loaded loaded, Stopwatch watch, GeneratorTrace trace, Checkpoints checkpoints) {
        // looked at now, as somebody may build anew before a long training ends
        CodeDigest.ofThisProcess();
        GeneratorData data = data(loaded);
        GeneratorTrainer trainer = trainer(data);
        Duration loading = elapsed(watch);
        GeneratorTest test =
                new GeneratorTest(settings().testSamples(), settings().testImages(), plan.threads());
        GeneratorResult result = trainer.train(data, test, plan.seed(), trace, checkpoints);
        Optional<JudgedImages> judged = settings().asked() == 0
                ? Optional.empty()
                : Optional.of(new AskedImages(
                                data.set(), data.normalisation(), settings().asked(), plan.seed(), plan.threads())
                        .judge(result.model(), trace));
        return new GeneratorOutcome(plan, data.set(), result, judged, trace, loading, elapsed(watch));
    }

    private static Duration elapsed(Stopwatch watch) {
        return Duration.ofNanos(watch.elapsed(TimeUnit.NANOSECONDS));
    }

    /**
     * Loads the data and reckons what the run will take; nothing is trained.
     *
     * @param place where files of data are, unless the run names a folder of its own
     * @return one forecast, and what will surprise
     * @throws sluice.tasks.InputException if the data cannot be had or does not fit
     */
    public Forecasts forecast(DataPlace place) {
        Loaded data = load(place);
        return new Forecasts(ImmutableList.of(forecast(data)), remarks(data));
    }

    Forecast forecast(Loaded loaded) {
        GeneratorData data = data(loaded);
        return new GeneratorForecast(trainer(data), data).of(plan.name());
    }

    RunIdentity identity(Loaded data) {
        return RunIdentity.of(plan, set(data).checksums());
    }

    Loaded load(DataPlace place) {
        return ScriptData.load(plan.script().script(), place);
    }

    private DataSet set(Loaded loaded) {
        return plan.script().script().whole(loaded);
    }

    /** The data, found to fit. */
    GeneratorData data(Loaded loaded) {
        DataSet set = set(loaded);
        if (!set.isTested()) {
            throw plan.error(
                    "data.test_share",
                    "networks that generate are judged by test examples, and there are none: make it more than 0");
        }
        int validation = settings().validation();
        if (validation >= set.train().size()) {
            throw plan.error(
                    "generator.validation",
                    "must leave some of the %d training examples to learn from, got %d: make it smaller"
                            .formatted(set.train().size(), validation));
        }
        try {
            return new GeneratorData(
                    set,
                    plan.script().script().data().scaling().normalisation(),
                    settings().binarisationSeed(),
                    validation);
        } catch (IllegalArgumentException outside) {
            throw plan.script().script().data().source() instanceof DataSettings.Tables
                    ? plan.error(
                            "data.standardise",
                            outside.getMessage() + ": write standardise: none, and scale all columns to [0, 1]")
                    : plan.error("data.normalisation", outside.getMessage() + ": write normalisation: unit");
        }
    }

    private GeneratorTrainer trainer(GeneratorData data) {
        boolean classes = !(settings().classLatent() instanceof GeneratorSettings.ClassLatent.None);
        if (classes && data.classes() < 2) {
            throw plan.error("generator.class", "must be none, as the data has one class: remove it");
        }
        if (classes && data.classes() > LatentLayer.MOST_UNITS) {
            throw plan.error(
                    "generator.class",
                    "must be none, as labels of the data go up to %d, which is above %d: remove it"
                            .formatted(data.classes() - 1, LatentLayer.MOST_UNITS - 1));
        }
        if (settings().asked() > 0 && settings().asked() < data.classes()) {
            throw plan.error(
                    "generator.evaluate.asked",
                    "must be at least 1 for each of the %d classes, got %d"
                            .formatted(data.classes(), settings().asked()));
        }
        if (data.features() < 2 && settings().kind() == GeneratorShape.Kind.STRUCTURED) {
            throw plan.error("generator.kind", "must be autoencoder, as the data has one feature: remove it");
        }
        if (data.set().shape() instanceof Shape.Channels && settings().kind() == GeneratorShape.Kind.STRUCTURED) {
            throw plan.error(
                    "generator.kind",
                    "must be autoencoder for images of colours, whose upper half is not the first half of their values: write it, or data: {colour: grey}");
        }
        if (settings().classLearning().consistency().shift() > 0 && !(data.set().shape() instanceof Shape.Image)) {
            throw plan.error("generator.consistency", "cannot shift what is no grey image: write shift: 0");
        }
        if (data.set().shape() instanceof Shape.Image image
                && settings().classLearning().consistency().shift() >= Math.min(image.height(), image.width())) {
            throw plan.error(
                    "generator.consistency",
                    "shifts by %d pixels leave nothing of images of %d x %d: make shift smaller"
                            .formatted(
                                    settings().classLearning().consistency().shift(), image.height(), image.width()));
        }
        GeneratorShape shape = settings().shape(data.set().shape(), data.classes());
        GeneratorTrainer trainer = settings().trainer(shape, plan.script().training());
        checkSize(trainer, data);
        return trainer;
    }

    private void checkSize(GeneratorTrainer trainer, GeneratorData data) {
        GeneratorCost cost = GeneratorCost.of(trainer);
        // with as many examples of known classes beside at the most
        long samples = 2L * Math.min(trainer.training().batchSize(), data.trained()) * trainer.samples();
        if (samples * cost.valuesPerSample() > MOST_VALUES) {
            throw plan.error(
                    "training.batch_size",
                    "%d samples of %d values do not fit in memory: make it smaller"
                            .formatted(samples, cost.valuesPerSample()));
        }
        if (cost.largest() > MOST_VALUES) {
            throw plan.error(
                    "generator.latents",
                    "a map has %d weights, more than %d: make layers narrower".formatted(cost.largest(), MOST_VALUES));
        }
    }
}
