package sluice.framework;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.Reference;

/**
 * What a run is reported by.
 *
 * @param forgetting the definition that is shown
 * @param references models that the run is measured against
 * @param continual when tasks are evaluated between training steps; empty for never
 * @param predictions whether everything that is predicted of test examples is kept, for metrics that nobody asks for yet
 */
public record ReportOptions(
        ForgettingDefinition forgetting,
        ImmutableSet<Reference> references,
        Optional<Continual> continual,
        boolean predictions) {
    /** Forgetting after Chaudhry et al. 2018, no references, and evaluation between tasks alone. */
    public static final ReportOptions DEFAULT =
            new ReportOptions(ForgettingDefinition.BEST_EARLIER, ImmutableSet.of(), Optional.empty(), false);

    /**
     * Continual evaluation: the tasks so far are asked for after each of the first ten steps of every task, and then
     * every so many.
     *
     * @param every steps from one evaluation to the next, at least 1
     * @param examples test examples per task, spread evenly over them, at least 1; all where there are fewer
     */
    public record Continual(int every, int examples) {
        /** Checks the ranges. */
        public Continual {
            checkArgument(every >= 1, "every must be at least 1, got %s", every);
            checkArgument(examples >= 1, "examples must be at least 1, got %s", examples);
        }
    }

    /**
     * {@return these options with them}
     *
     * @param others models that the run is measured against
     */
    public ReportOptions against(Reference... others) {
        return new ReportOptions(forgetting, ImmutableSet.copyOf(others), continual, predictions);
    }

    /** {@return these options, with everything kept that is predicted of test examples} */
    public ReportOptions withPredictions() {
        return new ReportOptions(forgetting, references, continual, true);
    }
}
