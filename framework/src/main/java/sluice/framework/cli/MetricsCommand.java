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
import sluice.evaluation.MetricValue;
import sluice.framework.experiment.StoredMetrics;

/** {@code sluice metrics}: a run's figures, and more of them without training. */
@Command(
        name = "metrics",
        description = {
            "Lists a run's figures. With --add, tells others from what the run kept, and writes them into its files as if it had"
                    + " been asked at the start: of accuracies always, of answers and probabilities where the script said"
                    + " report: {predictions: true}. Nothing is trained. sluice list metrics says what there are."
        },
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  sluice run split-digits --set report.predictions=true",
            "  sluice metrics runs/split-digits-seed1",
            "  sluice metrics runs/split-digits-seed1 --add ece_10"
        })
final class MetricsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by the command-line library
    private HelpOption help;

    @Parameters(index = "0", paramLabel = "RUN", description = "a run folder")
    private Path run;

    @Option(names = "--add", paramLabel = "NAME", split = ",", description = "figures to add, such as auc or top_3")
    private List<String> added = new ArrayList<>();

    MetricsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
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

    private void print(String key, MetricValue value) {
        terminal.say("%-32s  %s", key, value.text());
    }
}
