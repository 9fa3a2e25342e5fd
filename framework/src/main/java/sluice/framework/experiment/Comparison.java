package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Streams;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import sluice.evaluation.ForgettingDefinition;
import sluice.framework.internal.kernel.Blas;
import sluice.framework.internal.kernel.Lanes;
import sluice.tasks.InputException;
import sluice.tasks.Loaded;
import sluice.tasks.script.ComparisonScript;
import sluice.tasks.script.DataSettings;
import sluice.tasks.source.DataPlace;

/**
 * A comparison, every run checked as far as it can be without data, ready to run. Its threads are for all runs together:
 * as many runs go at once as there are threads, with one thread each, which on networks of this size is faster than
 * sharing a step, and makes a run's bits independent of how many go at once. Where there are fewer runs than threads,
 * each has an equal number of them, rounded down. Times are those of a run among others, which share the machine's
 * memory and caches with it.
 *
 * @param script what is compared
 * @param experiments one per run of the script, in order, each with the threads that it is to use
 */
public record Comparison(ComparisonScript script, ImmutableList<Experiment> experiments) {
    /**
     * @param script read and checked
     * @return the comparison
     * @throws sluice.tasks.InputException at {@code file:line: key} if a name is unknown or the settings of a variant
     *     do not fit together
     */
    public static Comparison of(ComparisonScript script) {
        return of(
                script,
                References.ofUser(
                        script.runs().stream().map(ComparisonScript.Run::script).toList()));
    }

    /** The same with references that its runs share. */
    static Comparison of(ComparisonScript script, References references) {
        int threads = Math.max(1, allThreads(script) / script.runs().size());
        return new Comparison(
                script,
                script.runs().stream()
                        .map(run -> Experiment.of(run.script().withThreads(threads), references))
                        .collect(ImmutableList.toImmutableList()));
    }

    private static int allThreads(ComparisonScript script) {
        return script.threads().or(Lanes.defaultCount());
    }

    /**
     * @return threads that all runs together use at the most
     */
    public int threads() {
        return allThreads(script);
    }

    /**
     * @return how many runs go at the same time
     */
    public int atOnce() {
        return Math.min(threads(), experiments.size());
    }

    /**
     * Loads the data, once for all runs that share it, and does the runs, begun in the order of the script, several at
     * once. A run that diverges or runs out of memory is noted as failed, and the others go on. What the folder holds of
     * an earlier, interrupted comparison is not done again, but for runs that failed.
     *
     * @param place where files of data are, unless the script names a folder of its own
     * @param folder where results go, run by run
     * @param listener told of progress, from several threads
     * @return what came of each run, in the order of the script
     * @throws sluice.tasks.InputException before the first run, if data cannot be had or does not fit a variant, or the
     *     folder holds runs of another comparison, or with other settings, data or code; or
     *     later, if results cannot be written, which stops the other runs
     */
    public ImmutableList<ComparedRun> run(DataPlace place, ComparisonFolder folder, ComparisonListener listener) {
        return run(place, folder, listener, () -> false);
    }

    /**
     * The same, until somebody wants it to end. Runs that ended before that are in the folder.
     *
     * @param place where files of data are, unless the script names a folder of its own
     * @param folder where results go, run by run
     * @param listener told of progress, from several threads
     * @param stopped asked at every step of every run whether to end; from several threads
     * @return what came of each run, in the order of the script
     * @throws RunStoppedException after it was to end, when every run has
     * @throws sluice.tasks.InputException as {@link #run(DataPlace, ComparisonFolder, ComparisonListener)}
     */
    public ImmutableList<ComparedRun> run(
            DataPlace place, ComparisonFolder folder, ComparisonListener listener, BooleanSupplier stopped) {
        // once for all runs, and before data are loaded
        Blas.coreType();
        Map<DataSettings, Loaded> data = data(place);
        warnings(data).forEach(listener::warning);
        ImmutableMap<Integer, ComparedRun.Finished> earlier = folder.resume(
                script.runs(),
                index -> RunIdentity.of(
                        experiments.get(index),
                        experiments
                                .get(index)
                                .tasks(data.get(experiments.get(index).script().data()))),
                listener);
        try {
            ImmutableList<ComparedRun> runs =
                    new RunningComparison(this, data, earlier, folder, listener, stopped).run();
            folder.report().forEach(listener::warning);
            return ComparedRun.heldAgainstJoint(runs);
        } catch (RunStoppedException early) {
            folder.report().forEach(listener::warning);
            throw early;
        }
    }

    /**
     * Loads the data and reckons what each run will take; nothing is trained.
     *
     * @param place where files of data are, unless the script names a folder of its own
     * @return a forecast per run, in order, and what will surprise
     * @throws sluice.tasks.InputException if data cannot be had or does not fit a variant
     */
    public Forecasts forecast(DataPlace place) {
        Map<DataSettings, Loaded> data = data(place);
        return new Forecasts(
                experiments.stream()
                        .map(experiment ->
                                experiment.forecast(data.get(experiment.script().data())))
                        .collect(ImmutableList.toImmutableList()),
                warnings(data));
    }

    /**
     * @return the definition of forgetting that all variants chose; the default one where they chose differently
     */
    public ForgettingDefinition forgetting() {
        Set<ForgettingDefinition> chosen =
                experiments.stream().map(Experiment::forgetting).collect(Collectors.toSet());
        return chosen.size() == 1 ? chosen.iterator().next() : ForgettingDefinition.BEST_EARLIER;
    }

    /** All data, each found to fit the variants that use it. */
    private Map<DataSettings, Loaded> data(DataPlace place) {
        Map<DataSettings, Loaded> data = new HashMap<>();
        Set<String> checked = new HashSet<>();
        Streams.forEachPair(script.runs().stream(), experiments.stream(), (run, experiment) -> {
            try {
                Loaded loaded = data.computeIfAbsent(experiment.script().data(), settings -> experiment.load(place));
                if (checked.add(run.variant())) {
                    experiment.tasks(loaded);
                }
            } catch (InputException wrong) {
                throw script.variants().size() == 1
                        ? wrong
                        : new InputException("variant %s: %s".formatted(run.variant(), wrong.getMessage()), wrong);
            }
        });
        return data;
    }

    /**
     * What will surprise, as far as it shows without the data.
     *
     * @return a line for each, {@code file:line: key: ...}, with the variants that it is about
     */
    public ImmutableList<String> remarks() {
        return Lint.lines(variants(ofFirstSeeds()));
    }

    private ImmutableList<String> warnings(Map<DataSettings, Loaded> data) {
        Map<String, Experiment> first = ofFirstSeeds();
        return Lint.lines(
                variants(first),
                first.values().stream()
                        .map(experiment ->
                                experiment.tasks(data.get(experiment.script().data())))
                        .toList());
    }

    private static List<Lint.Variant> variants(Map<String, Experiment> first) {
        return first.entrySet().stream()
                .map(variant ->
                        new Lint.Variant(variant.getKey(), variant.getValue().plan()))
                .toList();
    }

    /** The variants in order, each with its first run. */
    private Map<String, Experiment> ofFirstSeeds() {
        Map<String, Experiment> first = new LinkedHashMap<>();
        for (int i = 0; i < experiments.size(); i++) {
            first.putIfAbsent(script.runs().get(i).variant(), experiments.get(i));
        }
        return first;
    }
}
