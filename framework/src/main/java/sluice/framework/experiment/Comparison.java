package sluice.framework.experiment;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Longs;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sluice.evaluation.ForgettingDefinition;
import sluice.framework.internal.kernel.Blas;
import sluice.framework.internal.kernel.Lanes;
import sluice.tasks.Loaded;
import sluice.tasks.TaskSequence;
import sluice.tasks.script.ComparisonScript;
import sluice.tasks.source.DataPlace;

/**
 * A comparison, every run checked as far as it can be without data, ready to run. Its threads are for all runs together:
 * as many runs go at once as there are threads, with one thread each, which on networks of this size is faster than
 * sharing a step, and makes a run's bits independent of how many go at once. Where there are fewer runs than threads,
 * each has an equal number of them, rounded down. Times are those of a run among others, which share the machine's
 * memory and caches with it.
 */
public final class Comparison {
    private final String name;
    private final String description;
    private final int threads;
    private final ImmutableList<PlannedRun> runs;
    private final References references;

    private Comparison(
            String name, String description, int threads, ImmutableList<PlannedRun> runs, References references) {
        this.name = name;
        this.description = description;
        this.threads = threads;
        this.runs = runs;
        this.references = references;
    }

    /**
     * {@return the comparison}
     *
     * @param script read and checked
     * @throws sluice.tasks.InputException at {@code file:line: key} if a name is unknown or the settings of a variant
     *     do not fit together
     */
    public static Comparison of(ComparisonScript script) {
        ImmutableList<PlannedRun> runs = planned(script);
        return of(script, runs, References.ofUser(plans(runs)));
    }

    /** The same with references that its runs share. */
    static Comparison of(ComparisonScript script, References references) {
        return of(script, planned(script), references);
    }

    private static Comparison of(ComparisonScript script, ImmutableList<PlannedRun> runs, References references) {
        return new Comparison(script.name(), script.description(), allThreads(script), alike(runs), references);
    }

    private static ImmutableList<PlannedRun> planned(ComparisonScript script) {
        int ofRun = threadsOfRun(allThreads(script), script.runs().size());
        return script.runs().stream()
                .map(run -> new PlannedRun(
                        run.variant(), ScriptPlan.any(run.script().withThreads(ofRun))))
                .collect(ImmutableList.toImmutableList());
    }

    /** Figures of tasks and of networks that generate stand in no table together. */
    private static ImmutableList<PlannedRun> alike(ImmutableList<PlannedRun> runs) {
        boolean generators = runs.get(0).plan() instanceof GeneratorPlan;
        for (PlannedRun run : runs) {
            if (run.plan() instanceof GeneratorPlan != generators) {
                throw run.plan()
                        .error(
                                "compare",
                                "variant %s %s a section generator, variant %s %s: compare them in scripts of their own"
                                        .formatted(
                                                run.variant(),
                                                generators ? "lacks" : "has",
                                                runs.get(0).variant(),
                                                generators ? "has one" : "has none"));
            }
        }
        return runs;
    }

    private static int allThreads(ComparisonScript script) {
        return script.threads().or(Lanes.defaultCount());
    }

    private static int threadsOfRun(int all, int runs) {
        return Math.max(1, all / runs);
    }

    /**
     * Variants as values, each once per seed, with as many threads in all as this machine has cores.
     *
     * @param name fit to name a folder, for {@code checks.xml}
     * @param variants of different names
     * @param seeds in place of those of the variants' setups, all different, at least one
     * @return the comparison
     * @throws IllegalArgumentException if there is no variant or seed, or one of them twice
     */
    public static Comparison of(String name, List<Variant> variants, long... seeds) {
        checkDistinct(
                "variants",
                variants.stream()
                        .map(variant -> Ascii.toLowerCase(variant.name()))
                        .toList());
        checkDistinct("seeds", Longs.asList(seeds));
        int threads = Lanes.defaultCount();
        int ofRun = threadsOfRun(threads, variants.size() * seeds.length);
        // variants of the same tasks share what is known of them
        IdentityHashMap<TaskSequence, GivenTasks> data = new IdentityHashMap<>();
        ImmutableList.Builder<PlannedRun> runs = ImmutableList.builder();
        for (Variant variant : variants) {
            GivenTasks tasks = data.computeIfAbsent(variant.tasks(), GivenTasks::new);
            for (long seed : seeds) {
                runs.add(new PlannedRun(variant.name(), VariantPlan.of(variant.with(seed, ofRun), tasks)));
            }
        }
        ImmutableList<PlannedRun> planned = runs.build();
        return new Comparison(name, "", threads, planned, References.ofUser(plans(planned)));
    }

    private static void checkDistinct(String what, List<?> things) {
        checkArgument(!things.isEmpty(), "%s must not be empty", what);
        checkArgument(Set.copyOf(things).size() == things.size(), "%s must all be different, got %s", what, things);
    }

    private static List<RunPlan> plans(List<PlannedRun> runs) {
        return runs.stream()
                .filter(run -> run.plan() instanceof RunPlan)
                .map(PlannedRun::tasks)
                .toList();
    }

    /** {@return whether its runs train networks that generate} */
    public boolean isOfGenerators() {
        return runs.get(0).plan() instanceof GeneratorPlan;
    }

    /** {@return what the comparison is called} */
    public String name() {
        return name;
    }

    /** {@return one line, perhaps empty} */
    public String description() {
        return description;
    }

    /** {@return variant by variant, seed by seed within each; at least one} */
    public ImmutableList<PlannedRun> runs() {
        return runs;
    }

    /** {@return the variants' names in the order of their runs} */
    public ImmutableList<String> variants() {
        return runs.stream().map(PlannedRun::variant).distinct().collect(ImmutableList.toImmutableList());
    }

    /** The run at an index, ready to go. */
    ComparedWork work(int index) {
        return isOfGenerators()
                ? new ComparedGenerator(generator(index))
                : new ComparedTasks(runs.get(index).tasks(), experiment(index));
    }

    private Experiment experiment(int index) {
        return Experiment.of(runs.get(index).tasks(), references);
    }

    private GeneratorExperiment generator(int index) {
        return GeneratorExperiment.of((GeneratorPlan) runs.get(index).plan());
    }

    private Loaded loaded(int index, Map<Object, Loaded> data) {
        return data.get(work(index).dataKey());
    }

    /** {@return threads that all runs together use at the most} */
    public int threads() {
        return threads;
    }

    /** {@return how many runs go at the same time} */
    public int atOnce() {
        return Math.min(threads, runs.size());
    }

    /**
     * Loads the data, once for all runs that share it, and does the runs, begun in their order, several at
     * once. A run that diverges or runs out of memory is noted as failed, and the others go on. What the folder holds of
     * an earlier, interrupted comparison is not done again, but for runs that failed.
     *
     * @param place where files of data are, unless a run names a folder of its own
     * @param folder where results go, run by run
     * @param listener told of progress, from several threads
     * @return what came of each run, in their order
     * @throws sluice.tasks.InputException before the first run, if data cannot be had or does not fit a variant, or the
     *     folder holds runs of another comparison, or with other settings, data or code; or
     *     later, if results cannot be written, which stops the other runs
     */
    public ImmutableList<ComparedRun> run(DataPlace place, ComparisonFolder folder, ComparisonListener listener) {
        return run(place, folder, listener, () -> false);
    }

    /**
     * The same with data wherever this user has it.
     *
     * @param folder where results go, run by run
     * @param listener told of progress, from several threads
     * @return what came of each run, in their order
     */
    public ImmutableList<ComparedRun> run(ComparisonFolder folder, ComparisonListener listener) {
        return run(UserData.place(), folder, listener);
    }

    /**
     * The same, until somebody wants it to end. Runs that ended before that are in the folder.
     *
     * @param place where files of data are, unless a run names a folder of its own
     * @param folder where results go, run by run
     * @param listener told of progress, from several threads
     * @param stopped asked at every step of every run whether to end; from several threads
     * @return what came of each run, in their order
     * @throws RunStoppedException after it was to end, when every run has
     * @throws sluice.tasks.InputException as {@link #run(DataPlace, ComparisonFolder, ComparisonListener)}
     */
    public ImmutableList<ComparedRun> run(
            DataPlace place, ComparisonFolder folder, ComparisonListener listener, BooleanSupplier stopped) {
        // once for all runs, and before data are loaded
        Blas.coreType();
        Map<Object, Loaded> data = data(place);
        warnings(data).forEach(listener::warning);
        ImmutableMap<Integer, ComparedRun.Finished> earlier =
                folder.resume(runs, index -> work(index).identity(loaded(index, data)), listener);
        folder.checkCheckpoints(index -> work(index).identity(loaded(index, data)));
        try {
            ImmutableList<ComparedRun> ended = new RunningComparison(
                            this, new ComparedData(place, data), earlier, folder, listener, stopped)
                    .run();
            folder.report().forEach(listener::warning);
            return ComparedRun.heldAgainstJoint(ended);
        } catch (RunStoppedException early) {
            folder.report().forEach(listener::warning);
            throw early;
        }
    }

    /**
     * Loads the data and reckons what each run will take; nothing is trained.
     *
     * @param place where files of data are, unless a run names a folder of its own
     * @return a forecast per run, in order, and what will surprise
     * @throws sluice.tasks.InputException if data cannot be had or does not fit a variant
     */
    public Forecasts forecast(DataPlace place) {
        Map<Object, Loaded> data = data(place);
        return new Forecasts(
                IntStream.range(0, runs.size())
                        .mapToObj(index -> work(index).forecast(loaded(index, data)))
                        .collect(ImmutableList.toImmutableList()),
                warnings(data));
    }

    /** {@return the definition of forgetting that all variants chose; the default one where they chose differently} */
    public ForgettingDefinition forgetting() {
        Set<ForgettingDefinition> chosen =
                plans(runs).stream().map(plan -> plan.report().forgetting()).collect(Collectors.toSet());
        return chosen.size() == 1 ? chosen.iterator().next() : ForgettingDefinition.BEST_EARLIER;
    }

    /** All data, each found to fit the variants that use it: all that is wrong at once. */
    private Map<Object, Loaded> data(DataPlace place) {
        ComparedData.Reading reading =
                new ComparedData.Reading(place, variants().size() > 1);
        for (int index = 0; index < runs.size(); index++) {
            reading.add(runs.get(index).variant(), work(index));
        }
        return reading.loaded();
    }

    /**
     * What will surprise, as far as it shows without the data.
     *
     * @return a line for each, {@code file:line: key: ...}, with the variants that it is about
     */
    public ImmutableList<String> remarks() {
        return isOfGenerators()
                ? ImmutableList.of()
                : Lint.lines(firstSeeds().stream().map(runs::get).toList());
    }

    private ImmutableList<String> warnings(Map<Object, Loaded> data) {
        List<Integer> first = firstSeeds();
        List<PlannedRun> variants = first.stream().map(runs::get).toList();
        if (isOfGenerators()) {
            return Lint.lines(variants, v -> generator(first.get(v)).surprises(loaded(first.get(v), data)).stream());
        }
        return Lint.lines(
                variants,
                first.stream()
                        .map(index -> experiment(index).tasks(loaded(index, data)))
                        .toList());
    }

    /** The indices of the variants' first runs, in order. */
    private List<Integer> firstSeeds() {
        Map<String, Integer> first = new LinkedHashMap<>();
        for (int index = 0; index < runs.size(); index++) {
            first.putIfAbsent(runs.get(index).variant(), index);
        }
        return List.copyOf(first.values());
    }
}
