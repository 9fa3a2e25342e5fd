package sluice.framework.experiment;

import com.google.common.base.Stopwatch;
import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.ForgettingReport;
import sluice.evaluation.ReferenceAccuracies;
import sluice.evaluation.RunMetrics;
import sluice.framework.TrainingStoppedException;
import sluice.framework.internal.kernel.Blas;
import sluice.framework.network.NetworkShape;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.framework.strategy.PlainStrategy;
import sluice.framework.strategy.Strategy;
import sluice.tasks.DataSet;
import sluice.tasks.DomainOutputs;
import sluice.tasks.InputException;
import sluice.tasks.Loaded;
import sluice.tasks.OutputLayout;
import sluice.tasks.TaskSequence;
import sluice.tasks.csv.CsvLoading;
import sluice.tasks.script.DataSettings;
import sluice.tasks.script.Folder;
import sluice.tasks.script.GrowthSettings;
import sluice.tasks.script.TaskSequenceScript;
import sluice.tasks.source.DataPlace;
import sluice.tasks.source.DataSets;
import sluice.tasks.source.DrawnDigits;
import sluice.tasks.source.UserEnvironment;

/**
 * A script, checked as far as it can be without data, ready to run.
 */
public final class Experiment {
    /** What to do where memory does not suffice, on one line. */
    public static final String NOT_ENOUGH_MEMORY =
            "not enough memory for this sequence: give Java more with SLUICE_JAVA_OPTS=-Xmx4g, or make network.hidden"
                    + " or the data smaller";

    /** Weights of one layer at the most: a native matrix of floats may take 2 GiB. */
    private static final long MOST_WEIGHTS = Integer.MAX_VALUE / Float.BYTES;

    private final TaskSequenceScript script;
    private final Learner learner;
    private final References references;

    private Experiment(TaskSequenceScript script, Learner learner, References references) {
        this.script = script;
        this.learner = learner;
        this.references = references;
    }

    /**
     * What came of an experiment.
     *
     * @param experiment what was done
     * @param sequence the tasks
     * @param training network, matrix, and what each task took
     * @param references what it is held against; empty where the script asks for none
     * @param loading time to load and split the data
     * @param trace how tasks were learned, and what was answered in the end
     * @param total time from the start of loading to the last evaluation, that of the references too
     * @param interrupted whether it was stopped before its end, so that only the first tasks, or no references, are there
     */
    public record Outcome(
            Experiment experiment,
            TaskSequence sequence,
            TrainingResult training,
            ReferenceAccuracies references,
            RunTrace trace,
            Duration loading,
            Duration total,
            boolean interrupted) {
        /**
         * @return the figures that the run's {@code metrics.csv} has
         */
        public RunMetrics metrics() {
            return RunFiles.metrics(this);
        }

        /**
         * @return what was done to the data that nobody asked for, and in scenario domain what outputs stand for, a line each
         */
        public ImmutableList<String> dataNotes() {
            return ImmutableList.<String>builder()
                    .addAll(sequence.notes())
                    .addAll(DomainOutputs.text(sequence).stream().iterator())
                    .build();
        }

        /**
         * @return what the accuracies say, as the script wants it reported
         */
        public ForgettingReport report() {
            return ForgettingReport.of(
                            training.matrix(),
                            ScriptReport.forgetting(experiment.script().report()))
                    .against(references);
        }
    }

    /**
     * @param script read and checked
     * @return the experiment
     * @throws sluice.tasks.InputException at {@code file:line: key} if a name is unknown or settings do not fit together
     */
    public static Experiment of(TaskSequenceScript script) {
        return of(script, References.ofUser(List.of(script)));
    }

    /** The same with references that are shared with others. */
    static Experiment of(TaskSequenceScript script, References references) {
        ScriptReport.check(script);
        return new Experiment(script, ScriptMapping.of(script), references);
    }

    /**
     * @return what to do
     */
    public TaskSequenceScript script() {
        return script;
    }

    /**
     * What will surprise, as far as it shows without the data.
     *
     * @return a line for each, {@code file:line: key: ...}
     */
    public ImmutableList<String> remarks() {
        return Lint.lines(script);
    }

    /**
     * @return whether the script's gates mean anything: those of a gated network, or of binary units
     */
    public boolean gated() {
        return ScriptStrategy.hasGates(script);
    }

    /**
     * @return whether gates choose features that tell classes apart without the task, instead of units of a network
     */
    public boolean taskless() {
        return ScriptStrategy.isDiscriminant(script);
    }

    /**
     * @return whether the network may be widened as it learns
     */
    public boolean grows() {
        return gated() && !(script.network().growth() instanceof GrowthSettings.None);
    }

    /**
     * @return threads that share a step
     */
    public int threads() {
        return learner.threads();
    }

    /**
     * Loads the data, warns of what will surprise, teaches a new network, evaluates it, and trains the references that it is
     * held against, unless they are in the user's cache.
     *
     * @param place where files of data are, unless the script names a folder of its own
     * @param listener told of progress
     * @return what came of it
     * @throws sluice.tasks.InputException if the data cannot be had or does not fit the script
     */
    public Outcome run(DataPlace place, TrainingListener listener) {
        return run(place, listener, () -> false);
    }

    /**
     * The same, until somebody wants it to end.
     *
     * @param place where files of data are, unless the script names a folder of its own
     * @param listener told of progress
     * @param stopped asked at every step whether to end
     * @return what came of it
     * @throws RunStoppedException at the next step after it was to end, with the rows of tasks learned so far
     * @throws sluice.framework.internal.kernel.NativeLibraryException if native libraries cannot be loaded on this machine
     * @throws sluice.tasks.InputException if the data cannot be had or does not fit the script
     */
    public Outcome run(DataPlace place, TrainingListener listener, BooleanSupplier stopped) {
        // before data are loaded, as nothing comes of them without
        Blas.coreType();
        Stopwatch watch = Stopwatch.createStarted();
        TaskSequence sequence = tasks(load(place));
        return run(sequence, watch, new StoppableListener(listener, stopped), Lint.lines(script, sequence));
    }

    /** The same with data that is loaded; the watch has run since loading began. */
    Outcome run(Loaded data, Stopwatch watch, TrainingListener listener) {
        return run(tasks(data), watch, listener, ImmutableList.of());
    }

    private Outcome run(TaskSequence sequence, Stopwatch watch, TrainingListener listener, List<String> warnings) {
        // looked at now, as somebody may build anew before a long training ends
        CodeDigest.ofThisProcess();
        Duration loading = watch.elapsed();
        RunTrace trace = new RunTrace(
                listener, script.report().continual(), sequence.tasks().size());
        warnings.forEach(trace::warning);
        TrainingResult result = learn(sequence, trace, loading, watch);
        NeverPredicted.line(script, sequence, trace.answers()).ifPresent(trace::warning);
        try {
            ReferenceAccuracies against = references(sequence, listener);
            return new Outcome(this, sequence, result, against, trace, loading, elapsed(watch), false);
        } catch (RunStoppedException stopped) {
            throw new RunStoppedException(
                    result.matrix(),
                    new Outcome(
                            this,
                            sequence,
                            result,
                            ReferenceAccuracies.empty(script.seed()),
                            trace,
                            loading,
                            elapsed(watch),
                            true));
        }
    }

    private TrainingResult learn(TaskSequence sequence, RunTrace trace, Duration loading, Stopwatch watch) {
        try {
            return learner.learn(script, sequence, trace);
        } catch (TrainingStoppedException stopped) {
            AccuracyMatrix rows = stopped.learned().matrix();
            throw new RunStoppedException(
                    rows,
                    LearnedTasks.of(stopped.learned())
                            .map(learned -> new Outcome(
                                    this,
                                    sequence,
                                    Learner.annotated(learned, script),
                                    ReferenceAccuracies.empty(script.seed()),
                                    trace.of(learned.matrix().tasks()),
                                    loading,
                                    elapsed(watch),
                                    true))
                            .orElse(null));
        }
    }

    private static Duration elapsed(Stopwatch watch) {
        return Duration.ofNanos(watch.elapsed(TimeUnit.NANOSECONDS));
    }

    private ReferenceAccuracies references(TaskSequence sequence, TrainingListener listener) {
        return learner instanceof Learner.OfTasks ofTasks
                ? references.of(script, sequence, ofTasks.setup(), listener)
                : ReferenceAccuracies.empty(script.seed());
    }

    /**
     * Loads the data and reckons what the run will take; nothing is trained.
     *
     * @param place where files of data are, unless the script names a folder of its own
     * @return one forecast, and what will surprise
     * @throws sluice.tasks.InputException if the data cannot be had or does not fit the script
     */
    public Forecasts forecast(DataPlace place) {
        Loaded data = load(place);
        TaskSequence sequence = tasks(data);
        return new Forecasts(
                ImmutableList.of(Forecast.of(this, learner, data, sequence)), Lint.lines(script, sequence));
    }

    /** The same with data that is loaded, without what will surprise. */
    Forecast forecast(Loaded data) {
        return Forecast.of(this, learner, data, tasks(data));
    }

    /**
     * @return the definition of forgetting that is shown of it
     */
    public ForgettingDefinition forgetting() {
        return ScriptReport.forgetting(script.report());
    }

    /** The data as the script's tasks, of a size that can be trained. */
    TaskSequence tasks(Loaded data) {
        TaskSequence sequence = script.tasks(data);
        if (!taskless()) {
            checkSize(sequence, ScriptLayers.shape(script, sequence));
        }
        if (learner instanceof Learner.OfTasks ofTasks) {
            checkStrategy(ofTasks, sequence);
        }
        return sequence;
    }

    private void checkStrategy(Learner.OfTasks ofTasks, TaskSequence sequence) {
        Strategy strategy = ofTasks.strategy().apply(sequence);
        if (strategy instanceof PlainStrategy || !script.report().references().isEmpty()) {
            checkPlainNetwork(sequence);
        }
        try {
            strategy.check(sequence);
        } catch (InputException unfit) {
            throw script.error("strategy", unfit.getMessage());
        }
    }

    /** The parameters of a plain network lie in one array. */
    private void checkPlainNetwork(TaskSequence sequence) {
        long parameters = new NetworkCost(
                        ScriptLayers.shape(script, sequence),
                        OutputLayout.of(sequence).count())
                .parameters();
        if (parameters > Integer.MAX_VALUE) {
            throw script.error(
                    layersKey(),
                    "the layers together have %d weights and biases, more than %d: make them narrower"
                            .formatted(parameters, Integer.MAX_VALUE));
        }
    }

    Loaded load(DataPlace place) {
        DataSettings data = script.data();
        if (data.source() instanceof DataSettings.Tables tables) {
            return CsvLoading.load(tables.data());
        }
        return Loaded.OneSet.of(dataSet(data, place));
    }

    private static DataSet dataSet(DataSettings data, DataPlace place) {
        if (data.source() instanceof DataSettings.Images images) {
            return images.data().load();
        }
        if (data.source() instanceof DataSettings.Drawing drawing) {
            return new DrawnDigits(drawing.trainSize(), drawing.testSize(), drawing.seed()).load(place);
        }
        return DataSets.load(data.set(), placeOf(data, place));
    }

    /** A folder that the script names is the one, whatever the environment says; an option beside it is one too many. */
    private static DataPlace placeOf(DataSettings data, DataPlace place) {
        if (!(data.folder() instanceof Folder.Named named)) {
            return place;
        }
        if (place instanceof DataPlace.Given given && !given.origin().equals(UserEnvironment.DATA_VARIABLE)) {
            throw new InputException(
                    "%s %s: the script names data.folder %s itself: leave the option out, or replace that with --set data.folder=%2$s"
                            .formatted(given.origin(), given.folder(), named.path()));
        }
        return new DataPlace.Given(named.path(), "data.folder");
    }

    /** Examples that a network has room for: a plain one, whose tasks may be learned together, for any batch. */
    private long room(TaskSequence sequence) {
        int batchSize = script.training().batchSize();
        if (learner instanceof Learner.OfTasks ofTasks
                && ofTasks.strategy().apply(sequence) instanceof PlainStrategy plain) {
            return (long) batchSize + plain.extraRows(batchSize);
        }
        int largestTask = sequence.tasks().stream()
                .mapToInt(task -> task.train().size())
                .max()
                .orElseThrow();
        return Math.min(batchSize, largestTask);
    }

    private String layersKey() {
        return script.network().layers().isEmpty() ? "network.hidden" : "network.layers";
    }

    private void checkSize(TaskSequence sequence, NetworkShape network) {
        long room = room(sequence);
        List<NetworkShape.Cost> hidden =
                network.costs(1).subList(0, network.layers().size());
        LongStream values = hidden.stream().mapToLong(layer -> layer.units() * layer.values());
        for (long count :
                LongStream.concat(LongStream.of(sequence.features()), values).toArray()) {
            if (room * count > MOST_WEIGHTS) {
                throw script.error(
                        "training.batch_size",
                        "%d examples of %d values do not fit in memory: make it smaller".formatted(room, count));
            }
        }
        for (NetworkShape.Cost layer : hidden) {
            if (layer.units() * layer.weights() > MOST_WEIGHTS) {
                throw script.error(
                        layersKey(),
                        "a layer of %d units over %d has more than %d weights: make it narrower"
                                .formatted(layer.units(), layer.weights(), MOST_WEIGHTS));
            }
        }
    }
}
