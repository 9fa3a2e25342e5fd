package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Range;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import sluice.evaluation.Reference;
import sluice.framework.Evaluation;
import sluice.framework.ReportOptions;
import sluice.tasks.script.Complaint;
import sluice.tasks.script.Section;
import sluice.tasks.script.Value;

/** Reads and writes the section {@code report}. */
final class ReportSection {
    static final ImmutableList<String> KEYS =
            ImmutableList.of("forgetting", "references", "evaluate", "continual", "predictions");
    static final ImmutableList<String> CONTINUAL_KEYS = ImmutableList.of("every", "examples");
    /** Models that are trained; every matrix has the untrained one. */
    private static final ImmutableList<Reference> REFERENCES = ImmutableList.of(Reference.JOINT, Reference.INDEPENDENT);

    private static final Range<Integer> COUNTS = Range.closed(1, Integer.MAX_VALUE);
    private static final int DEFAULT_EXAMPLES = 1000;

    private ReportSection() {}

    static ReportOptions read(Section report) {
        return new ReportOptions(
                report.choice("forgetting", ReportOptions.DEFAULT.forgetting()),
                report.choices("references", REFERENCES),
                report.value("continual").flatMap(ReportSection::continual),
                report.choice("predictions", Kept.FALSE) == Kept.TRUE);
    }

    /** Whether predictions are. */
    enum Kept {
        FALSE,
        TRUE
    }

    /** What of the section speaks of training: which cells of the accuracy matrix are measured. */
    static Evaluation evaluation(Section report) {
        return report.choice("evaluate", Evaluation.ALL);
    }

    /** A word, a number of steps, or that with a number of examples. */
    private static Optional<ReportOptions.Continual> continual(Value value) {
        if (value.isMapping()) {
            Section section = Section.of(value, CONTINUAL_KEYS);
            int every = section.required("every", "every: 50").integer(COUNTS);
            return Optional.of(
                    new ReportOptions.Continual(every, section.integer("examples", COUNTS, DEFAULT_EXAMPLES)));
        }
        if (value.isNumber()) {
            return Optional.of(new ReportOptions.Continual(value.integer(COUNTS), DEFAULT_EXAMPLES));
        }
        if (value.is("none")) {
            return Optional.empty();
        }
        throw value.error("must be none, a number of steps like 50, or {every: 50, examples: 1000}, got %s"
                .formatted(Complaint.quote(value.text())));
    }

    /** As a script has them. */
    static Map<String, Object> settings(ReportOptions report, Evaluation evaluation) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("forgetting", Section.word(report.forgetting()));
        settings.put(
                "references", report.references().stream().map(Section::word).toList());
        settings.put("evaluate", Section.word(evaluation));
        settings.put(
                "continual",
                report.continual()
                        .<Object>map(when -> ImmutableMap.of("every", when.every(), "examples", when.examples()))
                        .orElse("none"));
        settings.put("predictions", report.predictions());
        return settings;
    }
}
