package sluice.framework.experiment;

import com.google.common.base.Stopwatch;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import sluice.evaluation.MetricValue;
import sluice.evaluation.RunMetrics;
import sluice.framework.ContinualResult;
import sluice.framework.DivergedException;
import sluice.framework.TrainingResult;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.tasks.Loaded;
import sluice.tasks.script.ComparisonScript;
import sluice.tasks.script.DataSettings;
import sluice.tasks.source.DataPlace;

/**
 * A comparison, every run checked as far as it can be without data, ready to run.
 *
 * @param script what is compared
 * @param experiments one per run of the script, in order
 */
public record Comparison(ComparisonScript script, ImmutableList<Experiment> experiments) {
    /**
     * @param script read and checked
     * @return the comparison
     * @throws sluice.tasks.InputException at {@code file:line: key} if a name is unknown or the settings of a variant
     *     do not fit together
     */
    public static Comparison of(ComparisonScript script) {
        return new Comparison(
                script,
                script.runs().stream()
                        .map(run -> Experiment.of(run.script()))
                        .collect(ImmutableList.toImmutableList()));
    }

    /**
     * Loads the data, once for all runs that share it, and runs all in order. A run that diverges or runs out of memory
     * is noted as failed, and the others go on.
     *
     * @param place where files of data are, unless the script names a folder of its own
     * @param folder where results go, run by run
     * @param listener told of progress
     * @return what came of each run, in order
     * @throws sluice.tasks.InputException before the first run, if data cannot be had or does not fit a variant; or
     *     later, if results cannot be written
     */
    public ImmutableList<ComparedRun> run(DataPlace place, ComparisonFolder folder, ComparisonListener listener) {
        Map<DataSettings, Loaded> data = data(place);
        Lint.lines(variants(data)).forEach(listener::warning);
        ImmutableList.Builder<ComparedRun> ended = ImmutableList.builder();
        for (int i = 0; i < experiments.size(); i++) {
            ComparedRun run = run(i, data.get(experiments.get(i).script().data()), folder, listener);
            listener.runEnded(run);
            ended.add(run);
        }
        return ended.build();
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
                Lint.lines(variants(data)));
    }

    /** All data, each found to fit the variants that use it. */
    private Map<DataSettings, Loaded> data(DataPlace place) {
        Map<DataSettings, Loaded> data = new HashMap<>();
        Set<String> checked = new HashSet<>();
        Streams.forEachPair(script.runs().stream(), experiments.stream(), (run, experiment) -> {
            Loaded loaded = data.computeIfAbsent(experiment.script().data(), settings -> experiment.load(place));
            if (checked.add(run.variant())) {
                experiment.tasks(loaded);
            }
        });
        return data;
    }

    /** The variants with their tasks, those of the first seed. */
    private List<Lint.Variant> variants(Map<DataSettings, Loaded> data) {
        Map<String, Lint.Variant> variants = new LinkedHashMap<>();
        for (int i = 0; i < experiments.size(); i++) {
            Experiment experiment = experiments.get(i);
            variants.computeIfAbsent(
                    script.runs().get(i).variant(),
                    name -> new Lint.Variant(
                            name,
                            experiment.script(),
                            experiment.tasks(data.get(experiment.script().data()))));
        }
        return List.copyOf(variants.values());
    }

    private ComparedRun run(int index, Loaded data, ComparisonFolder folder, ComparisonListener listener) {
        ComparisonScript.Run run = script.runs().get(index);
        try {
            Experiment.Outcome outcome =
                    experiments.get(index).run(data, Stopwatch.createStarted(), listener.runStarted(run, index + 1));
            ComparedRun.Finished finished =
                    new ComparedRun.Finished(run.variant(), run.seed(), metrics(outcome.training()));
            folder.add(finished, outcome);
            return finished;
        } catch (DivergedException diverged) {
            return failed(run, diverged.getMessage(), folder);
        } catch (OutOfMemoryError full) {
            return failed(run, Experiment.NOT_ENOUGH_MEMORY, folder);
        }
    }

    private static RunMetrics metrics(TrainingResult result) {
        RunMetrics metrics = RunFiles.metrics(result);
        if (result instanceof ContinualResult gated) {
            ConsolidatedSubnetworks consolidated = gated.network().consolidated();
            OptionalDouble occupancy = IntStream.range(
                            0, gated.network().hidden().size())
                    .mapToDouble(consolidated::occupancy)
                    .average();
            return metrics.with("occupancy", occupancy.orElseThrow());
        }
        return metrics.with("occupancy", MetricValue.undefined("units without gates take up no place"));
    }

    private static ComparedRun failed(ComparisonScript.Run run, String reason, ComparisonFolder folder) {
        ComparedRun.Failed failed = new ComparedRun.Failed(run.variant(), run.seed(), reason);
        folder.add(failed);
        return failed;
    }
}
