package sluice.framework.experiment;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSet;
import sluice.framework.ReportOptions;
import sluice.framework.strategy.Setup;
import sluice.framework.strategy.Strategy;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;
import sluice.tasks.script.ScriptName;

/**
 * One way of learning tasks, as values: a run, or a variant of a comparison.
 *
 * @param name fit to name a folder: at most 100 letters, digits, dots, underscores and hyphens, beginning with a letter or
 *     digit
 * @param tasks what is learned
 * @param strategy how forgetting is met; its {@link Strategy#settings} are recorded
 * @param setup of its network, with the seed of a run
 * @param report what the run is reported by
 */
public record Variant(String name, TaskSequence tasks, Strategy strategy, Setup setup, ReportOptions report) {
    /**
     * Checks the name, and that the strategy serves the tasks' scenario.
     *
     * @throws IllegalArgumentException if one of them does not fit
     */
    public Variant {
        checkArgument(
                ScriptName.valid(name),
                "name must be at most 100 letters, digits, dots, underscores and hyphens, beginning with a letter or digit, got %s",
                name);
        ImmutableSet<Scenario> served = strategy.inScenario(tasks.scenario()).scenarios();
        checkArgument(
                served.contains(tasks.scenario()),
                "strategy %s serves the scenarios %s, the tasks have %s",
                strategy.name(),
                served,
                tasks.scenario());
    }

    /**
     * A variant of the strategy's name, reported as usual.
     *
     * @param tasks what is learned
     * @param strategy how forgetting is met
     * @param setup of its network, with the seed of a run
     */
    public Variant(TaskSequence tasks, Strategy strategy, Setup setup) {
        this(folderName(strategy), tasks, strategy, setup, ReportOptions.DEFAULT);
    }

    /** As scripts name variants: er, der-plus-plus. */
    private static String folderName(Strategy strategy) {
        return strategy.name().replace("+", "-plus").replaceAll("[^A-Za-z0-9._-]", "-");
    }

    /**
     * {@return the same of this name}
     *
     * @param other fit to name a folder
     */
    public Variant named(String other) {
        return new Variant(other, tasks, strategy, setup, report);
    }

    /**
     * {@return the same reported by it}
     *
     * @param options what the run is reported by
     */
    public Variant reported(ReportOptions options) {
        return new Variant(name, tasks, strategy, setup, options);
    }

    /** The same with a seed, on so many threads. */
    Variant with(long seed, int threads) {
        return new Variant(name, tasks, strategy, setup.with(seed, threads), report);
    }
}
