package sluice.framework.experiment;

import com.google.common.base.Stopwatch;
import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.ReferenceAccuracies;
import sluice.framework.TrainingStoppedException;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.internal.kernel.BlasLoading;
import sluice.framework.result.LearningStoppedException;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.framework.script.Tune;
import sluice.framework.strategy.Forecast;
import sluice.framework.strategy.Setup;
import sluice.framework.strategy.Strategy;
import sluice.framework.strategy.StrategyTraits;
import sluice.tasks.Loaded;
import sluice.tasks.TaskSequence;
import sluice.tasks.script.TaskSequenceScript;
import sluice.tasks.source.DataPlace;

/**
 * A run, checked as far as it can be without data, ready to go: of a script, or of values.
 */
public final class Experiment {
    /** What to do where memory does not suffice, on one line. */
    public static final String NOT_ENOUGH_MEMORY =
            "not enough memory for this sequence: give Java more with SLUICE_JAVA_OPTS=-Xmx4g, or make network.hidden"
                    + " or the data smaller";

    private final RunPlan plan;
    private final References references;

    private Experiment(RunPlan plan, References references) {
        this.plan = plan;
        this.references = references;
    }

    /**
     * {@return the experiment}
     *
     * @param script read and checked
     * @throws sluice.tasks.InputException at {@code file:line: key} if a name is unknown, settings do not fit together, or the
     *     script searches for some, which {@link Tuning} does
     */
    public static Experiment of(TaskSequenceScript script) {
        if (Tune.of(script.top()).isPresent()) {
            throw script.error("tune", "is a search before a run, which sluice run does, and Tuning in Java");
        }
        return of(ScriptPlan.of(script));
    }

    /**
     * {@return the experiment}
     *
     * @param variant how to learn which tasks
     */
    public static Experiment of(Variant variant) {
        return of(VariantPlan.of(variant));
    }

    /**
     * An experiment of the strategy's name, reported as usual.
     *
     * @param tasks what is learned
     * @param strategy how forgetting is met
     * @param setup of its network, with the seed
     * @return the experiment
     */
    public static Experiment of(TaskSequence tasks, Strategy strategy, Setup setup) {
        return of(new Variant(tasks, strategy, setup));
    }

    private static Experiment of(RunPlan plan) {
        return new Experiment(plan, References.ofUser(List.of(plan)));
    }

    /** With references that are shared with others. */
    static Experiment of(RunPlan plan, References references) {
        return new Experiment(plan.ofMany(), references);
    }

    /** {@return what to do} */
    public RunPlan plan() {
        return plan;
    }

    /**
     * What will surprise, as far as it shows without the data.
     *
     * @return a line for each, {@code file:line: key: ...}
     */
    public ImmutableList<String> remarks() {
        return Lint.lines(plan);
    }

    /** {@return whether the settings of gates mean anything: those of a gated network, or of binary units} */
    public boolean gated() {
        return plan.takes(StrategyTraits.Setting.GATES);
    }

    /**
     * {@return whether gates choose features that tell classes apart without the task, instead of units of a network}
     */
    public boolean taskless() {
        return plan.takes(StrategyTraits.Setting.SUMS);
    }

    /** {@return whether the network may be widened as it learns} */
    public boolean grows() {
        return plan.learner().grows();
    }

    /**
     * Loads the data, wherever this user has it, and does the run, as {@link #run(DataPlace, TrainingListener)}.
     *
     * @param listener told of progress
     * @return what came of it
     * @throws sluice.tasks.InputException if the data cannot be had or does not fit
     */
    public Outcome run(TrainingListener listener) {
        return run(UserData.place(), listener);
    }

    /**
     * Loads the data, warns of what will surprise, teaches a new network, evaluates it, and trains the references that it is
     * held against, unless they are in the user's cache.
     *
     * @param place where files of data are, unless the run names a folder of its own
     * @param listener told of progress
     * @return what came of it
     * @throws sluice.tasks.InputException if the data cannot be had or does not fit
     */
    public Outcome run(DataPlace place, TrainingListener listener) {
        return run(place, listener, () -> false);
    }

    /**
     * The same, until somebody wants it to end.
     *
     * @param place where files of data are, unless the run names a folder of its own
     * @param listener told of progress
     * @param stopped asked at every step whether to end
     * @return what came of it
     * @throws RunStoppedException at the next step after it was to end, with the rows of tasks learned so far
     * @throws sluice.framework.internal.kernel.NativeLibraryException if native libraries cannot be loaded on this machine
     * @throws sluice.tasks.InputException if the data cannot be had or does not fit
     */
    public Outcome run(DataPlace place, TrainingListener listener, BooleanSupplier stopped) {
        Stopwatch watch = Stopwatch.createStarted();
        Loaded data = BlasLoading.beside(() -> load(place));
        TaskSequence sequence = tasks(data);
        return asking(place, data).run(sequence, watch, listener, stopped, Optional::empty, Lint.lines(plan, sequence));
    }

    /**
     * The same, with checkpoints: goes on from the last one in a folder, with the same bits, and keeps others there, as often as the
     * script says and when the run is to end. What learns without them begins anew.
     *
     * @param place where files of data are, unless the run names a folder of its own
     * @param listener told of progress
     * @param stopped asked at every step whether to end
     * @param folder of the checkpoints
     * @return what came of it
     * @throws RunStoppedException at the next step after it was to end, with the rows of tasks learned so far
     * @throws sluice.framework.internal.kernel.NativeLibraryException if native libraries cannot be loaded on this machine
     * @throws sluice.tasks.InputException if the data cannot be had or does not fit, or the folder's checkpoint is of another run
     */
    public Outcome run(DataPlace place, TrainingListener listener, BooleanSupplier stopped, CheckpointFolder folder) {
        Stopwatch watch = Stopwatch.createStarted();
        Loaded data = BlasLoading.beside(() -> load(place));
        TaskSequence sequence = tasks(data);
        if (!keepsCheckpoints(sequence)) {
            folder.clear();
        }
        return asking(place, data)
                .run(sequence, watch, listener, stopped, () -> Optional.of(folder), Lint.lines(plan, sequence));
    }

    /** The same, which asks tasks of earlier runs again, where one is gone on from. */
    Experiment asking(DataPlace place, Loaded data) {
        return plan.data()
                .earlier(place, data)
                .map(tasks -> new Experiment(plan.asking(tasks), references))
                .orElse(this);
    }

    /** The same with data that is loaded, of which a user was warned; the watch has run since loading began. */
    Outcome run(
            Loaded data,
            Stopwatch watch,
            TrainingListener listener,
            BooleanSupplier stopped,
            Supplier<Optional<CheckpointFolder>> folder) {
        return run(tasks(data), watch, listener, stopped, folder, ImmutableList.of());
    }

    private Outcome run(
            TaskSequence sequence,
            Stopwatch watch,
            TrainingListener listener,
            BooleanSupplier stopped,
            Supplier<Optional<CheckpointFolder>> folder,
            List<String> warnings) {
        Optional<CheckpointFolder> kept = keepsCheckpoints(sequence) ? folder.get() : Optional.empty();
        return kept.isPresent()
                ? new ResumableRun(this, sequence, kept.get()).run(watch, listener, stopped, warnings)
                : run(sequence, watch, new StoppableListener(listener, stopped), warnings);
    }

    private boolean keepsCheckpoints(TaskSequence sequence) {
        return plan.checkpoint().every().isPresent() && plan.learner().keepsCheckpoints(sequence);
    }

    private Outcome run(TaskSequence sequence, Stopwatch watch, TrainingListener listener, List<String> warnings) {
        // looked at now, as somebody may build anew before a long training ends
        CodeDigest.ofThisProcess();
        Duration loading = watch.elapsed();
        RunTrace trace = new RunTrace(listener, plan.report(), sequence.tasks().size());
        warnings.forEach(trace::warning);
        return run(sequence, watch, loading, trace, withoutCheckpoints(sequence));
    }

    private Checkpoints withoutCheckpoints(TaskSequence sequence) {
        if (!plan.learner().keepsCheckpoints(sequence)) {
            return Checkpoints.NONE;
        }
        return switch (plan.checkpoint().learner()) {
            case ALONE -> Checkpoints.NONE_BUT_USUAL_LEARNER;
            case ALWAYS -> Checkpoints.NONE_BUT_LEARNER;
            case NEVER -> Checkpoints.NONE;
        };
    }

    /** The same with checkpoints, and a trace that has been told what was to be told. */
    Outcome run(TaskSequence sequence, Stopwatch watch, Duration loading, RunTrace trace, Checkpoints checkpoints) {
        TrainingResult result = learn(sequence, trace, loading, watch, checkpoints);
        if (trace.control().isPresent() && !LearnedTasks.areAll(result)) {
            throw stopped(result, sequence, trace, loading, watch);
        }
        NeverPredicted.line(plan, sequence, trace.answers()).ifPresent(trace::warning);
        StillFalling.line(trace.curve(), result.tasks()).ifPresent(trace::warning);
        try {
            ReferenceAccuracies against = references(sequence, trace.listener());
            return new Outcome(plan, sequence, result, against, trace, loading, elapsed(watch), false);
        } catch (RunStoppedException stopped) {
            throw new RunStoppedException(
                    result.matrix(),
                    new Outcome(
                            plan,
                            sequence,
                            result,
                            ReferenceAccuracies.empty(plan.seed()),
                            trace,
                            loading,
                            elapsed(watch),
                            true));
        }
    }

    private TrainingResult learn(
            TaskSequence sequence, RunTrace trace, Duration loading, Stopwatch watch, Checkpoints checkpoints) {
        try {
            return plan.annotated(
                    checkpoints.equals(Checkpoints.NONE)
                            ? plan.learner().learn(sequence, trace)
                            : plan.learner().learn(sequence, trace, checkpoints),
                    sequence.shape());
        } catch (LearningStoppedException stopped) {
            throw new RunStoppedException(stopped.rows());
        } catch (TrainingStoppedException stopped) {
            throw stopped(stopped.result(), sequence, trace, loading, watch);
        }
    }

    private RunStoppedException stopped(
            TrainingResult result, TaskSequence sequence, RunTrace trace, Duration loading, Stopwatch watch) {
        Optional<Outcome> rows = LearnedTasks.of(result)
                .map(learned -> new Outcome(
                        plan,
                        sequence,
                        plan.annotated(learned, sequence.shape()),
                        ReferenceAccuracies.empty(plan.seed()),
                        trace.of(learned.tasks().stream().map(TaskSummary::task).toList()),
                        loading,
                        elapsed(watch),
                        true));
        return new RunStoppedException(
                rows.map(outcome -> outcome.training().matrix()).orElse(result.matrix()), rows.orElse(null));
    }

    private static Duration elapsed(Stopwatch watch) {
        return Duration.ofNanos(watch.elapsed(TimeUnit.NANOSECONDS));
    }

    private ReferenceAccuracies references(TaskSequence sequence, TrainingListener listener) {
        return plan.setup()
                .map(setup -> references.of(plan, sequence, setup, listener))
                .orElse(ReferenceAccuracies.empty(plan.seed()));
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
        TaskSequence sequence = tasks(data);
        return new Forecasts(ImmutableList.of(forecast(data, sequence)), Lint.lines(plan, sequence));
    }

    /** The same with data that is loaded, without what will surprise. */
    Forecast forecast(Loaded data) {
        return forecast(data, tasks(data));
    }

    private Forecast forecast(Loaded data, TaskSequence sequence) {
        return plan.learner().forecast(sequence, plan.cost(sequence)).on(data, sequence.features());
    }

    /** {@return the definition of forgetting that is shown of it} */
    public ForgettingDefinition forgetting() {
        return plan.report().forgetting();
    }

    /** The data as the run's tasks, of a size that can be trained. */
    TaskSequence tasks(Loaded loaded) {
        TaskSequence sequence = plan.data().tasks(loaded);
        new SizeCheck(plan, sequence).check();
        return sequence;
    }

    Loaded load(DataPlace place) {
        return plan.data().load(place);
    }
}
