package sluice.framework.cli;

import com.google.common.base.Ascii;
import com.google.common.base.Joiner;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import sluice.evaluation.Metrics;
import sluice.framework.strategy.Strategies;
import sluice.gating.Estimators;
import sluice.tasks.Scenario;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.source.DataSets;

/** {@code sluice list}: what there is to choose from, a line each. */
@Command(
        name = "list",
        description = "Lists sequences, data sets, strategies, gradient estimators and metrics, a line each.")
final class ListCommand implements Callable<Integer> {
    /** What can be listed. */
    enum Kind {
        SEQUENCES,
        DATA_SETS,
        STRATEGIES,
        ESTIMATORS,
        METRICS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final String NUMBERED =
            "Other numbers than 2 and 5 may follow top_, and ece_ may be followed by its bins (ece_10). sluice metrics --define NAME tells the formula.";

    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by the command-line library
    private HelpOption help;

    @Parameters(paramLabel = "KIND", arity = "0..1", description = "only these: ${COMPLETION-CANDIDATES}")
    private Kind only;

    ListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        for (Kind kind : Kind.values()) {
            // metrics are many, and nobody starts from one
            if (only == null ? kind != Kind.METRICS : only == kind) {
                terminal.say(kind.toString().replace('-', ' ') + ":");
                entries(kind).forEach((name, line) -> terminal.say("  %-26s  %s", name, line));
                if (only == Kind.STRATEGIES) {
                    terminal.say(strategies());
                }
                if (only == Kind.ESTIMATORS) {
                    terminal.say(estimators());
                }
                if (only == Kind.METRICS) {
                    terminal.say(NUMBERED);
                }
            }
        }
        return 0;
    }

    /** What each can serve, and its parameters with the defaults of the task-incremental scenario. */
    private String strategies() {
        FigureTable table = new FigureTable("strategy", "family", "scenarios", "parameters", "source");
        Strategies.BY_NAME.forEach((name, entry) -> table.add(
                name,
                entry.family().toString(),
                entry.scenarios().stream()
                        .map(scenario -> Ascii.toLowerCase(scenario.name()))
                        .collect(Collectors.joining(", ")),
                Joiner.on(", ")
                        .withKeyValueSeparator(" ")
                        .join(entry.defaults().apply(new Strategies.Conditions(Scenario.TASK, 5))),
                entry.source()));
        return table.text(terminal) + "\nParameters with their defaults for five tasks, scenario task.";
    }

    /** What each costs and claims. */
    private String estimators() {
        FigureTable table = new FigureTable("estimator", "family", "bias", "passes", "of a step", "source");
        Estimators.BY_NAME.forEach((name, entry) -> table.add(
                name,
                entry.family().toString(),
                entry.bias(),
                entry.passes().ofEstimate(),
                entry.passes().ofStep(),
                entry.source()));
        return table.text(terminal)
                + "\nPasses, forward + backward: of an estimate of the gates' gradient, as sluice estimators has them, and of a training"
                + " step, which has the backward pass from which weights learn besides.";
    }

    private static Map<String, String> entries(Kind kind) {
        Map<String, String> entries = new LinkedHashMap<>();
        switch (kind) {
            case SEQUENCES ->
                ScriptReader.shippedScripts().forEach(script -> entries.put(script.name(), script.description()));
            case DATA_SETS -> DataSets.TABLE.forEach(source -> entries.put(source.name(), source.description()));
            case STRATEGIES -> Strategies.BY_NAME.forEach((name, entry) -> entries.put(name, entry.description()));
            case ESTIMATORS -> Estimators.BY_NAME.forEach((name, entry) -> entries.put(name, entry.description()));
            case METRICS ->
                Metrics.keys()
                        .forEach(key ->
                                entries.put(key, Metrics.of(key).orElseThrow().meaning()));
        }
        return entries;
    }
}
