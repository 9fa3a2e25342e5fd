package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Range;
import java.util.Map;
import java.util.Optional;

/**
 * What a run is reported by. {@link ScriptReader} checks the words.
 *
 * @param forgetting what is called forgetting
 * @param references models that the run is measured against, in the order written
 * @param evaluate which tasks are evaluated after which
 * @param continual when tasks are evaluated between training steps; empty for never
 */
public record ReportSettings(
        Forgetting forgetting, ImmutableSet<Reference> references, Evaluate evaluate, Optional<Continual> continual) {
    /** Forgetting after Chaudhry et al. 2018, no references, and every task evaluated after every task alone. */
    public static final ReportSettings DEFAULT =
            new ReportSettings(Forgetting.BEST_EARLIER, ImmutableSet.of(), Evaluate.ALL, Optional.empty());

    static final ImmutableList<String> KEYS = ImmutableList.of("forgetting", "references", "evaluate", "continual");

    /**
     * Continual evaluation: the tasks so far are asked for after each of the first ten steps of every task, and then
     * every so many.
     *
     * @param every steps from one evaluation to the next, at least 1
     * @param examples test examples per task, spread evenly over them, at least 1; all where there are fewer
     */
    public record Continual(int every, int examples) {
        static final ImmutableList<String> KEYS = ImmutableList.of("every", "examples");
        private static final Range<Integer> COUNTS = Range.closed(1, Integer.MAX_VALUE);
        private static final int DEFAULT_EXAMPLES = 1000;

        /** A word, a number of steps, or that with a number of examples. */
        static Optional<Continual> read(Value value) {
            if (value.isMapping()) {
                Section section = Section.of(value, KEYS);
                int every = section.required("every", "every: 50").integer(COUNTS);
                return Optional.of(new Continual(every, section.integer("examples", COUNTS, DEFAULT_EXAMPLES)));
            }
            if (value.node() instanceof Node.Scalar scalar
                    && !scalar.isNull()
                    && !scalar.quoted()
                    && NumberText.isReal(scalar.text())) {
                return Optional.of(new Continual(value.integer(COUNTS), DEFAULT_EXAMPLES));
            }
            if (value.text().equals("none")) {
                return Optional.empty();
            }
            throw value.error("must be none, a number of steps like 50, or {every: 50, examples: 1000}, got %s"
                    .formatted(Complaint.quote(value.text())));
        }

        Object settings() {
            return ImmutableMap.of("every", every, "examples", examples);
        }
    }

    /** Which tasks are evaluated after which; what is left out is missing, and metrics that need it are undefined. */
    public enum Evaluate {
        /** Every task after every task. */
        ALL,
        /** After every task those learned so far. */
        LEARNED,
        /** Each task when it was just learned, and all after the last. */
        ENDS
    }

    /** What is called forgetting of a task. */
    public enum Forgetting {
        /** The best accuracy since the task was learned, before the last task, less the last. */
        BEST_EARLIER,
        /** The accuracy right after the task was learned less the last. */
        FIRST,
        /** The best accuracy since the task was learned, the last among them, less the last. */
        BEST_OF_ALL,
        /** The mean drop below the accuracy right after the task was learned. */
        MEAN_DROP,
        /** The part of the best accuracy since the task was learned that is lost. */
        RELATIVE,
        /** As the first, where accuracies from before the task was learned count too. */
        BEST_EARLIER_LITERAL,
        /** As the best of all, where accuracies from before the task was learned count too. */
        BEST_OF_ALL_LITERAL,
        /** As the part that is lost, where accuracies from before the task was learned count too. */
        RELATIVE_LITERAL
    }

    /** A kind of model that learns the same tasks without their order. */
    public enum Reference {
        /** One network that learns all tasks at once. */
        JOINT,
        /** A network per task that learns this task alone. */
        INDEPENDENT
    }

    static ReportSettings read(Section report) {
        return new ReportSettings(
                report.choice("forgetting", DEFAULT.forgetting),
                report.choices("references", Reference.class),
                report.choice("evaluate", DEFAULT.evaluate),
                report.value("continual").flatMap(Continual::read));
    }

    /**
     * @return by key, as a script would have them
     */
    public Map<String, Object> settings() {
        return ImmutableMap.of(
                "forgetting",
                Section.word(forgetting),
                "references",
                references.stream().map(Section::word).toList(),
                "evaluate",
                Section.word(evaluate),
                "continual",
                continual.map(Continual::settings).orElse("none"));
    }
}
