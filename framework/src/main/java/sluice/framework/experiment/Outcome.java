package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.Optional;
import sluice.evaluation.ForgettingReport;
import sluice.evaluation.ReferenceAccuracies;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.regression.RegressionReport;
import sluice.evaluation.run.TuningTrial;
import sluice.framework.result.TrainingResult;
import sluice.tasks.DomainOutputs;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/**
 * What came of a run.
 *
 * @param plan what was done
 * @param sequence the tasks
 * @param training network, matrix, and what each task took
 * @param references what it is held against; empty where none is asked for
 * @param trace how tasks were learned, and what was answered in the end
 * @param loading time to load and split the data
 * @param total time from the start of loading to the last evaluation, that of the references too
 * @param interrupted whether it was stopped before its end, so that only the first tasks, or no references, are there
 * @param tuning the search that chose the settings; empty where there was none
 */
public record Outcome(
        RunPlan plan,
        TaskSequence sequence,
        TrainingResult training,
        ReferenceAccuracies references,
        RunTrace trace,
        Duration loading,
        Duration total,
        boolean interrupted,
        ImmutableList<TuningTrial> tuning) {
    Outcome(
            RunPlan plan,
            TaskSequence sequence,
            TrainingResult training,
            ReferenceAccuracies references,
            RunTrace trace,
            Duration loading,
            Duration total,
            boolean interrupted) {
        this(plan, sequence, training, references, trace, loading, total, interrupted, ImmutableList.of());
    }

    /**
     * {@return the same, of settings that a search chose}
     *
     * @param trials of the search; none where there was no search
     */
    public Outcome tunedBy(ImmutableList<TuningTrial> trials) {
        return new Outcome(plan, sequence, training, references, trace, loading, total, interrupted, trials);
    }

    /** {@return the figures that the run's {@code metrics.csv} has} */
    public RunMetrics metrics() {
        return RunFigures.of(this);
    }

    /**
     * {@return what was done to the data that nobody asked for, in scenario domain what outputs stand for, and how it was learned where
     * that was chosen, a line each}
     */
    public ImmutableList<String> dataNotes() {
        return ImmutableList.<String>builder()
                .addAll(sequence.notes())
                .addAll(outputs().map(choice -> "outputs go " + choice).stream().iterator())
                .addAll(training.notes())
                .build();
    }

    /** {@return what checkpoints took, a line with its subject in the first 18 columns; none where none was taken} */
    public ImmutableList<String> checkpointCost() {
        return trace.checkpoints().lines(training.trainSeconds());
    }

    /**
     * {@return in scenario domain what outputs stand for, to follow a word for them; empty where the tasks of an earlier run, which
     * are not all here, are gone on with}
     */
    public Optional<String> outputs() {
        return plan.data().goesOn() ? Optional.empty() : DomainOutputs.choice(sequence);
    }

    /** {@return what errors of predicted numbers say, as it is to be reported; empty where classes are told apart} */
    public Optional<RegressionReport> errors() {
        return training.errors()
                .map(errors ->
                        new RegressionReport(errors, plan.report().forgetting(), sequence.scenario() == Scenario.TASK));
    }

    /**
     * {@return the report for a terminal}
     *
     * @param matrix whether the matrix is shown, which sequences of many tasks have no room for
     * @param width characters per line that it may take, at least 48
     */
    public String render(boolean matrix, int width) {
        if (errors().isPresent()) {
            return matrix ? errors().get().render(width) : errors().get().renderMetrics();
        }
        return matrix ? report().render(metrics(), width) : report().renderMetrics();
    }

    /** {@return what the accuracies say, as it is to be reported} */
    public ForgettingReport report() {
        return ForgettingReport.of(training.matrix(), plan.report().forgetting())
                .against(references)
                .withOwnHeads(sequence.scenario() == Scenario.TASK);
    }
}
