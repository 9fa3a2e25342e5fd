package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import sluice.framework.ContinualResult;
import sluice.framework.ExampleWork;
import sluice.framework.inference.UntoldResult;
import sluice.framework.result.TrainingResult;

/** What a run that was stopped says of the tasks that it learned, as if they had been all. */
final class LearnedTasks {
    private LearnedTasks() {}

    /** Whether training came to its end. */
    static boolean areAll(TrainingResult result) {
        int tasks = result.matrix().tasks().size();
        return result.tasks().size() == tasks || new LearnedRows(result.matrix(), result.errors()).isMeasured(tasks);
    }

    /** The result of the tasks whose row was measured; empty if there is none, or the result is not of a gated network. */
    static Optional<TrainingResult> of(TrainingResult ended) {
        if (ended instanceof UntoldResult untold) {
            return learned(untold.told()).map(untold::with);
        }
        return ended instanceof ContinualResult stopped ? learned(stopped).map(learned -> learned) : Optional.empty();
    }

    private static Optional<ContinualResult> learned(ContinualResult stopped) {
        // of earlier runs, which the matrix has too
        int before = stopped.network().tasks().size() - stopped.tasks().size();
        return new LearnedRows(stopped.matrix(), stopped.errors())
                .learned()
                .filter(rows -> rows.accuracies().tasks().size() > before)
                .map(rows -> new ContinualResult(
                        stopped.network(),
                        rows.accuracies(),
                        rows.errors(),
                        ImmutableList.copyOf(stopped.tasks()
                                .subList(0, rows.accuracies().tasks().size() - before)),
                        stopped.evaluationSeconds(),
                        ExampleWork.NONE));
    }
}
