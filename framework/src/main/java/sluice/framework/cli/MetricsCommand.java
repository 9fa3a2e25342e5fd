package sluice.framework.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sluice.evaluation.Metric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.RegressionMetric;
import sluice.evaluation.RegressionScore;
import sluice.framework.experiment.StoredMetrics;
import sluice.tasks.InputException;

/** {@code sluice metrics}: a run's figures, and more of them without training. */
@Command(
        name = "metrics",
        description = {
            "Lists a run's figures. With --add, tells others from what the run kept, and writes them into its files as if it had"
                    + " been asked at the start: of accuracies always, of answers and probabilities where the script said"
                    + " report: {predictions: true}. Nothing is trained. sluice list metrics says what there are, --define how one is computed."
        },
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  sluice run split-digits --set report.predictions=true",
            "  sluice metrics runs/split-digits-seed1",
            "  sluice metrics runs/split-digits-seed1 --add ece_10",
            "  sluice metrics --define forgetting,intransigence"
        })
final class MetricsCommand implements Callable<Integer> {
    private static final String ROWS = " on task j after learning task i of T, row 0 that of the untrained network";
    private static final String SYMBOLS = "R[i][j] is the accuracy" + ROWS
            + "; A_j(n) is the accuracy on task j at evaluation n; A_joint[j] and so on are those of references";

    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by the command-line library
    private HelpOption help;

    @Parameters(index = "0", arity = "0..1", paramLabel = "RUN", description = "a run folder")
    private Path run;

    @Option(names = "--add", paramLabel = "NAME", split = ",", description = "figures to add, such as auc or top_3")
    private List<String> added = new ArrayList<>();

    @Option(
            names = "--define",
            paramLabel = "NAME",
            split = ",",
            description = "say what figures are, in plain words and by their formulas; needs no RUN")
    private List<String> defined = new ArrayList<>();

    MetricsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!defined.isEmpty()) {
            if (run != null || !added.isEmpty()) {
                throw new InputException("--define needs no RUN and no --add: leave them out");
            }
            defined.stream().distinct().map(StoredMetrics::metric).toList().forEach(this::define);
            return 0;
        }
        if (run == null) {
            throw new InputException("RUN is missing: name a run folder, or a figure by --define NAME");
        }
        StoredMetrics stored = StoredMetrics.of(run);
        if (added.isEmpty()) {
            stored.explained().figures().values().forEach(this::print);
            return 0;
        }
        StoredMetrics all = stored.with(added);
        Map<String, MetricValue> values = all.figures().values();
        added.stream().distinct().forEach(key -> print(key, values.get(key)));
        if (!all.equals(stored)) {
            terminal.out().println("written");
            all.write().forEach(file -> terminal.out().println("  " + file));
        }
        return 0;
    }

    private void define(Metric metric) {
        terminal.say("%s  %s", metric.key(), metric.title());
        terminal.say("  meaning  %s", metric.description().words());
        if (metric.hasFormula()) {
            terminal.say("  formula  %s", metric.description().formula());
        }
        if (metric.description().formula().matches(".*([RE]\\[|A_).*")) {
            terminal.say("  symbols  %s", symbols(metric));
        }
        if (!metric.source().isEmpty()) {
            terminal.say("  source   %s", metric.source());
        }
        terminal.say(
                "  better   %s",
                switch (metric.better()) {
                    case MORE -> "more";
                    case LESS -> "less";
                    case NEITHER -> "neither: it describes";
                });
    }

    private static String symbols(Metric metric) {
        if (!(metric instanceof RegressionMetric errors)) {
            return SYMBOLS;
        }
        return (errors.score() == RegressionScore.RMSE
                        ? "E[i][j] is the root of the mean squared error"
                        : "R[i][j] is the coefficient of determination")
                + ROWS;
    }

    private void print(String key, MetricValue value) {
        terminal.say("%-32s  %s", key, value.text());
    }
}
