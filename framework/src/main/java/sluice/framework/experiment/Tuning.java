package sluice.framework.experiment;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.evaluation.Metric;
import sluice.evaluation.Printable;
import sluice.evaluation.run.TuningTrial;
import sluice.framework.script.Selection;
import sluice.framework.script.Tune;
import sluice.tasks.InputException;
import sluice.tasks.script.ComparisonScript;
import sluice.tasks.script.Folder;
import sluice.tasks.script.Script;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.TaskSequenceScript;

/**
 * A script that searches for settings before its run. The search is a comparison: each settings that are tried, once per seed of the
 * search, learn from training examples of which a part is held out to judge them. The best then learn from all, with the seed of the
 * script; test examples have no part in the choice.
 */
public final class Tuning {
    private static final String NONE = "tune={}";

    private final String source;
    private final List<String> overrides;
    private final TaskSequenceScript script;
    private final Tune tune;
    private final ImmutableMap<String, ImmutableMap<String, String>> candidates;

    private Tuning(String source, List<String> overrides, TaskSequenceScript script, Tune tune) {
        this.source = source;
        this.overrides = ImmutableList.copyOf(overrides);
        this.script = script;
        this.tune = tune;
        ImmutableList<ImmutableMap<String, String>> settings = tune.candidates(script.seed());
        ImmutableMap.Builder<String, ImmutableMap<String, String>> named = ImmutableMap.builder();
        int digits = Integer.toString(settings.size()).length();
        for (int i = 0; i < settings.size(); i++) {
            named.put(("try-%0" + digits + "d").formatted(i + 1), settings.get(i));
        }
        this.candidates = named.buildOrThrow();
    }

    /**
     * What came of a search.
     *
     * @param settings keys and values that are best, as YAML
     * @param script of the run, by these
     * @param trials all runs of the search
     */
    public record Choice(
            ImmutableMap<String, String> settings, TaskSequenceScript script, ImmutableList<TuningTrial> trials) {
        /** {@return the settings, on one line} */
        public String line() {
            return Tuning.line(settings);
        }
    }

    /**
     * {@return the search of a script; empty where it has none}
     *
     * @param fileOrName a file or the name of a shipped script, as {@link ScriptReader#named} reads it
     * @param overrides settings {@code key=value} in place of the script's
     * @throws InputException if the script or a setting that it tries is wrong, or a comparison has a search
     */
    public static Optional<Tuning> of(String fileOrName, List<String> overrides) {
        Script read = ScriptReader.named(fileOrName, overrides);
        if (read instanceof ComparisonScript comparison) {
            TaskSequenceScript first = comparison.runs().get(0).script();
            if (Tune.of(first.top()).isPresent()) {
                throw first.error("tune", "has no meaning beside compare: search in a script of its own");
            }
            return Optional.empty();
        }
        TaskSequenceScript script = (TaskSequenceScript) read;
        if (script.isGenerator()) {
            return Optional.empty();
        }
        return Tune.of(script.top()).map(tune -> new Tuning(fileOrName, overrides, script, tune));
    }

    /** {@return the script as it stands, without what is searched for} */
    public TaskSequenceScript script() {
        return script;
    }

    /** {@return the same without the search} */
    public TaskSequenceScript untuned() {
        return read(ImmutableList.of(NONE));
    }

    /** {@return what chooses} */
    public Metric by() {
        return tune.by(script.data().hasTarget());
    }

    /**
     * {@return the search, every run of it checked}
     *
     * @throws InputException if a setting that is tried is wrong
     */
    public Comparison search() {
        // what is wrong whatever is tried is said as of any script
        ScriptPlan.any(script);
        try {
            return comparison();
        } catch (InputException wrong) {
            throw script.error("tune.try", "tries what is wrong: " + wrong.getMessage());
        }
    }

    private Comparison comparison() {
        String name = script.name() + "-search";
        ImmutableList.Builder<ComparisonScript.Run> runs = ImmutableList.builder();
        candidates.forEach((candidate, settings) -> tune.seeds().forEach(seed -> {
            List<String> all = new ArrayList<>(List.of(NONE, selection(tune.selection())));
            all.addAll(options(settings));
            all.add("name=" + name);
            all.add("seed=" + seed);
            runs.add(new ComparisonScript.Run(candidate, seed, read(all)));
        }));
        return Comparison.of(new ComparisonScript(
                name,
                "settings of " + script.name() + ", judged by " + by().key() + " on held-out training examples",
                new Folder.Default(),
                runs.build()));
    }

    private static String selection(Selection selection) {
        return selection.tasks().isPresent()
                ? "selection={held_out: %s, tasks: %d}"
                        .formatted(selection.heldOut(), selection.tasks().getAsInt())
                : "selection={held_out: %s}".formatted(selection.heldOut());
    }

    private static ImmutableList<String> options(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(ImmutableList.toImmutableList());
    }

    private TaskSequenceScript read(List<String> more) {
        List<String> all = new ArrayList<>(overrides);
        all.addAll(more);
        return (TaskSequenceScript) ScriptReader.named(source, all);
    }

    /**
     * {@return the settings that are best; of equals those that were tried first}
     *
     * @param runs of the search
     * @throws InputException if no settings have the metric for every seed
     */
    public Choice choose(List<ComparedRun> runs) {
        Metric by = by();
        String best = "";
        double bestMean = Double.NaN;
        for (String candidate : candidates.keySet()) {
            double mean = runs.stream()
                    .filter(run -> run.variant().equals(candidate))
                    .mapToDouble(run -> value(run, by))
                    .average()
                    .orElse(Double.NaN);
            boolean better =
                    Double.isNaN(bestMean) || (by.better() == Metric.Better.MORE ? mean > bestMean : mean < bestMean);
            if (!Double.isNaN(mean) && better) {
                best = candidate;
                bestMean = mean;
            }
        }
        if (best.isEmpty()) {
            throw script.error(
                    "tune",
                    "finds no settings that have %s for every seed: try others, or another metric (by)"
                            .formatted(by.key()));
        }
        ImmutableMap<String, String> chosen = candidates.get(best);
        List<String> all = new ArrayList<>(List.of(NONE));
        all.addAll(options(chosen));
        return new Choice(chosen, read(all), trials(runs, best, by));
    }

    private ImmutableList<TuningTrial> trials(List<ComparedRun> runs, String best, Metric by) {
        return runs.stream()
                .map(run -> new TuningTrial(
                        run.variant(),
                        line(candidates.get(run.variant())),
                        run.seed(),
                        by.key(),
                        value(run, by),
                        run.variant().equals(best)))
                .collect(ImmutableList.toImmutableList());
    }

    private static double value(ComparedRun run, Metric by) {
        return run instanceof ComparedRun.Finished finished
                ? finished.metrics().value(by).number().orElse(Double.NaN)
                : Double.NaN;
    }

    private static String line(Map<String, String> settings) {
        return Printable.of(Joiner.on(", ").withKeyValueSeparator(": ").join(settings));
    }
}
