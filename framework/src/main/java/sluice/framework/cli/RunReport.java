package sluice.framework.cli;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import sluice.framework.ContinualResult;
import sluice.framework.account.BudgetKept;
import sluice.framework.experiment.Experiment;
import sluice.framework.network.GatedNetwork;
import sluice.framework.result.StrategyResult;
import sluice.framework.result.TasklessResult;
import sluice.framework.result.TrainingResult;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.tasks.DomainOutputs;

/** What a run prints at its end: accuracies, forgetting metrics, what was retained and what it cost. */
record RunReport(PrintStream out) {
    /** Prints all of it. */
    void print(Experiment.Outcome outcome) {
        TrainingResult result = outcome.training();
        out.println();
        out.println(
                outcome.sequence().tasks().size() <= ConsoleProgress.MOST_SHOWN
                        ? outcome.report().render()
                        : outcome.report().renderMetrics());
        DomainOutputs.choice(outcome.sequence()).ifPresent(choice -> out.println("outputs           " + choice));
        if (result instanceof ContinualResult gated) {
            retention(gated);
            occupancy(gated.network());
            capacity(gated);
        }
        if (result instanceof TasklessResult taskless) {
            taskless(taskless);
        }
        if (result instanceof StrategyResult plain) {
            out.printf(
                    Locale.ROOT,
                    "memory            %,d bytes kept beside the network's parameters%n",
                    plain.memoryBytes());
        }
        out.printf(
                Locale.ROOT,
                "multiply-adds     %.3g of %.3g dense (%.1f %%)%n",
                (double) result.multiplyAdds(),
                (double) result.denseMultiplyAdds(),
                100.0 * result.multiplyAdds() / result.denseMultiplyAdds());
        out.printf(
                Locale.ROOT,
                "seconds           %.1f training (%.3f ms per step), %.1f in all%n",
                result.trainSeconds(),
                result.millisecondsPerStep(),
                outcome.total().toNanos() / 1e9);
        out.printf(
                Locale.ROOT,
                "evaluation        %.1f s, %.1f %% of training and evaluation%n",
                result.evaluationSeconds(),
                100 * result.evaluationShare());
    }

    private void retention(ContinualResult gated) {
        out.printf(
                Locale.ROOT,
                "exact retention   %s%n",
                gated.exactRetention().isEmpty()
                        ? "undefined because there is only one task"
                        : String.format(
                                Locale.ROOT,
                                "yes: every frozen parameter, and %,d logits of earlier tasks, bit for bit",
                                gated.comparedLogits()));
    }

    private void taskless(TasklessResult result) {
        Map<String, Double> figures = result.figures();
        out.printf(
                Locale.ROOT,
                "open features     %.0f of %.0f groups: a prediction takes %.3g multiply-adds of %.3g%n",
                figures.get("filters_open"),
                figures.get("filters"),
                figures.get("macs_prediction"),
                figures.get("macs_prediction_all_open"));
        out.printf(
                Locale.ROOT,
                "probabilities     calibration error %.4f, negative log-likelihood %.4f; %.4f answered%s%n",
                figures.get("ece"),
                figures.get("nll"),
                figures.get("answered"),
                figures.containsKey("answered_accuracy")
                        ? String.format(Locale.ROOT, ", %.4f of them right", figures.get("answered_accuracy"))
                        : "");
        out.printf(Locale.ROOT, "memory            %,d bytes of sums, no example%n", result.memoryBytes());
    }

    private void occupancy(GatedNetwork network) {
        ConsolidatedSubnetworks consolidated = network.consolidated();
        for (int layer = 0; layer < network.hidden().size(); layer++) {
            out.printf(
                    Locale.ROOT,
                    "occupancy layer %d %.3f (%d of %d units)%n",
                    layer + 1,
                    consolidated.occupancy(layer),
                    consolidated.used(layer).size(),
                    network.hidden().get(layer));
        }
    }

    private void capacity(ContinualResult gated) {
        OptionalInt more = gated.network().capacity().moreTasks();
        out.printf(
                "room              %s%n",
                more.isEmpty()
                        ? "undefined because the last tasks took no new unit"
                        : String.format(
                                Locale.ROOT,
                                "%,d more tasks that take as many new units as the last three",
                                more.getAsInt()));
        out.printf(
                Locale.ROOT,
                "memory            %,d bytes of heads and subnetworks kept beside the network's parameters%n",
                gated.network().taskBytes());
        gated.tasks().stream()
                .flatMap(task -> task.capacity().stream())
                .flatMap(layer -> layer.budget().stream())
                .max(Comparator.comparingDouble(kept -> kept.expectedShare() - kept.share()))
                .ifPresent(this::budget);
        out.println(CapacityTable.text(gated.tasks()));
    }

    private void budget(BudgetKept worst) {
        out.printf(
                Locale.ROOT,
                "budget            %.3f of a layer: never exceeded; expected share at most %.3f, %d open units closed"
                        + " there%n",
                worst.share(),
                worst.expectedShare(),
                worst.closedUnits());
    }
}
