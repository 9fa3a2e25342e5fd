package sluice.framework.cli;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import sluice.framework.account.BudgetKept;
import sluice.framework.experiment.Outcome;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingResult;

/** What a run prints at its end: accuracies, forgetting metrics, what was retained and what it cost. */
record RunReport(PrintStream out) {
    /** Prints all of it. */
    void print(Outcome outcome) {
        TrainingResult result = outcome.training();
        out.println();
        out.println(outcome.render(outcome.sequence().tasks().size() <= ConsoleProgress.MOST_SHOWN));
        outcome.outputs().ifPresent(choice -> out.println("outputs           " + choice));
        result.lines().forEach(out::println);
        if (result.capacity().isPresent()) {
            capacity(result.tasks());
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
        outcome.checkpointCost().forEach(out::println);
    }

    private void capacity(List<TaskSummary> tasks) {
        tasks.stream()
                .flatMap(task -> task.capacity().stream())
                .flatMap(layer -> layer.budget().stream())
                .max(Comparator.comparingDouble(kept -> kept.expectedShare() - kept.share()))
                .ifPresent(this::budget);
        out.println(CapacityTable.text(tasks));
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
