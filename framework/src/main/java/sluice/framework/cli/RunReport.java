package sluice.framework.cli;

import java.util.Comparator;
import java.util.List;
import sluice.framework.account.BudgetKept;
import sluice.framework.experiment.Outcome;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingResult;

/** What a run prints at its end: accuracies, forgetting metrics, what was retained and what it cost. */
record RunReport(Terminal terminal) {
    /** Prints all of it. */
    void print(Outcome outcome) {
        TrainingResult result = outcome.training();
        terminal.out().println();
        terminal.say(outcome.render(
                outcome.sequence().tasks().size() <= ConsoleProgress.MOST_SHOWN, terminal.matrixColumns()));
        outcome.outputs().ifPresent(choice -> terminal.say("outputs           " + choice));
        result.lines().forEach(terminal::say);
        if (result.capacity().isPresent()) {
            capacity(result.tasks());
        }
        terminal.say(
                "multiply-adds     %.3g of %.3g dense (%.1f %%)",
                (double) result.multiplyAdds(),
                (double) result.denseMultiplyAdds(),
                100.0 * result.multiplyAdds() / result.denseMultiplyAdds());
        terminal.say(
                "seconds           %.1f training (%.3f ms per step), %.1f in all",
                result.trainSeconds(),
                result.millisecondsPerStep(),
                outcome.total().toNanos() / 1e9);
        terminal.say(
                "evaluation        %.1f s, %.1f %% of training and evaluation",
                result.evaluationSeconds(), 100 * result.evaluationShare());
        outcome.checkpointCost().forEach(terminal::say);
    }

    private void capacity(List<TaskSummary> tasks) {
        tasks.stream()
                .flatMap(task -> task.capacity().stream())
                .flatMap(layer -> layer.budget().stream())
                .max(Comparator.comparingDouble(kept -> kept.expectedShare() - kept.share()))
                .ifPresent(this::budget);
        terminal.say(CapacityTable.text(tasks, terminal));
    }

    private void budget(BudgetKept worst) {
        terminal.say(
                "budget            %.3f of a layer: never exceeded; expected share at most %.3f, %d open units closed"
                        + " there",
                worst.share(), worst.expectedShare(), worst.closedUnits());
    }
}
