package sluice.framework.experiment;

import com.google.common.collect.ImmutableSet;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.Reference;
import sluice.framework.Evaluation;
import sluice.tasks.script.NetworkSettings;
import sluice.tasks.script.ReportSettings;
import sluice.tasks.script.TaskSequenceScript;

/** What a script's words about the report mean as values of {@code evaluation}. */
final class ScriptReport {
    private ScriptReport() {}

    /** Binary units learn one task, in a network of another kind. */
    static void check(TaskSequenceScript script) {
        if (script.network().units() == NetworkSettings.Units.BINARY
                && !script.report().references().isEmpty()) {
            throw script.error(
                    "report.references",
                    "does not work where network.units is binary, as such units learn one task, so that there is nothing to hold it against: remove it");
        }
    }

    static ReportOptions of(ReportSettings report) {
        return new ReportOptions(
                forgetting(report),
                references(report),
                report.continual().map(when -> new ReportOptions.Continual(when.every(), when.examples())));
    }

    private static ForgettingDefinition forgetting(ReportSettings report) {
        return switch (report.forgetting()) {
            case BEST_EARLIER -> ForgettingDefinition.BEST_EARLIER;
            case FIRST -> ForgettingDefinition.FIRST;
            case BEST_OF_ALL -> ForgettingDefinition.BEST_OF_ALL;
            case MEAN_DROP -> ForgettingDefinition.MEAN_DROP;
            case RELATIVE -> ForgettingDefinition.RELATIVE;
            case BEST_EARLIER_LITERAL -> ForgettingDefinition.BEST_EARLIER_LITERAL;
            case BEST_OF_ALL_LITERAL -> ForgettingDefinition.BEST_OF_ALL_LITERAL;
            case RELATIVE_LITERAL -> ForgettingDefinition.RELATIVE_LITERAL;
        };
    }

    static Evaluation evaluation(ReportSettings report) {
        return switch (report.evaluate()) {
            case ALL -> Evaluation.ALL;
            case LEARNED -> Evaluation.LEARNED;
            case ENDS -> Evaluation.ENDS;
        };
    }

    static ImmutableSet<Reference> references(ReportSettings report) {
        return report.references().stream()
                .map(reference -> switch (reference) {
                    case JOINT -> Reference.JOINT;
                    case INDEPENDENT -> Reference.INDEPENDENT;
                })
                .collect(ImmutableSet.toImmutableSet());
    }
}
