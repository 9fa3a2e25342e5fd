package sluice.framework.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import sluice.framework.account.MultiplyAdds;
import sluice.framework.experiment.Comparison;
import sluice.framework.experiment.Experiment;
import sluice.framework.experiment.Forecasts;
import sluice.framework.strategy.Forecast;

/** What {@code sluice run --dry-run} prints: what would be done, and what it would take. */
record DryRun(Terminal terminal) {
    /** What a run would take. */
    void print(Experiment experiment, Forecasts forecasts) {
        Forecast forecast = forecasts.runs().get(0);
        printSchedule(forecast);
        line(
                experiment.taskless()
                        ? "                  forward those of the features, backward those of the sums of their products"
                        : experiment.gated()
                                ? "                  at most: those of a dense network, gates leave out what is closed or frozen"
                                : "                  those of plain training: what a strategy computes besides comes on top");
        if (experiment.grows()) {
            line("                  before any growth: a wider network has more of everything");
        }
        printMemory(forecast.memory(), "strategy");
        end(forecasts.warnings());
    }

    /** What training a network that generates would take. */
    void print(Forecasts forecasts) {
        Forecast forecast = forecasts.runs().get(0);
        printSchedule(forecast);
        line("                  of training: each draw of an estimator counts as a pass through the whole network");
        printMemory(forecast.memory(), "samples");
        end(forecasts.warnings());
    }

    private void printMemory(Forecast.Memory memory, String what) {
        line(
                "memory            %,d bytes: data %,d, parameters and gradient %,d, optimiser %,d, %s %s",
                memory.total(), memory.data(), memory.network(), memory.optimizer(), what, bytes(memory.strategy()));
    }

    private void printSchedule(Forecast forecast) {
        FigureTable table = new FigureTable(
                "task", "classes", "training examples", "test examples", "steps", "epochs", "multiply-adds");
        for (Forecast.Stretch stretch : forecast.schedule()) {
            table.add(
                    stretch.tasks(),
                    stretch.classes() == 0 ? "-" : count(stretch.classes()),
                    count(stretch.train()),
                    count(stretch.test()),
                    count(stretch.steps()),
                    String.format(Locale.ROOT, "%.4g", stretch.epochs()),
                    adds(stretch.total()));
        }
        line("%n%s", table.text(terminal));
        line("steps             %,d", forecast.steps());
        line("parameters        %,d weights and biases", forecast.parameters());
        line("multiply-adds     %s per step, %s", adds(forecast.perStep()), passes(forecast.total()));
    }

    /** What the runs of a comparison would take. */
    void print(Comparison comparison, Forecasts forecasts) {
        FigureTable table =
                new FigureTable("variant", "seed", "steps", "parameters", "multiply-adds", "bytes of memory");
        Streams.forEachPair(
                comparison.runs().stream(),
                forecasts.runs().stream(),
                (run, forecast) -> table.add(
                        run.variant(),
                        "" + run.seed(),
                        count(forecast.steps()),
                        count(forecast.parameters()),
                        adds(forecast.total()),
                        count(forecast.memory().total())));
        MultiplyAdds all = forecasts.runs().stream().map(Forecast::total).reduce(MultiplyAdds.NONE, MultiplyAdds::plus);
        table.add(
                "all together",
                "",
                count(forecasts.runs().stream().mapToLong(Forecast::steps).sum()),
                "",
                adds(all),
                "");
        line("%n%s", table.text(terminal));
        line(
                comparison.isOfGenerators()
                        ? "Multiply-adds are those of training, evaluation apart. Runs that go at once share the memory of their data."
                        : "Multiply-adds are those of plain dense training. Runs that go at once share the memory of their data.");
        end(forecasts.warnings());
    }

    private void end(ImmutableList<String> warnings) {
        line("dry run           nothing was trained, nothing was written");
        warnings.forEach(warning -> terminal.err().println("sluice: warning: " + warning));
    }

    private void line(String pattern, Object... parts) {
        terminal.say(pattern, parts);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String adds(MultiplyAdds adds) {
        return adds((double) adds.total());
    }

    private static String adds(double number) {
        return String.format(Locale.ROOT, "%.3g", number);
    }

    private static String passes(MultiplyAdds adds) {
        return "%s in all (forward %s, backward %s)"
                .formatted(Stream.of(adds.total(), adds.forward(), adds.backward())
                        .map(number -> adds((double) number))
                        .toArray());
    }

    private static String bytes(OptionalLong bytes) {
        return bytes.isPresent() ? count(bytes.getAsLong()) : "known after the run";
    }
}
