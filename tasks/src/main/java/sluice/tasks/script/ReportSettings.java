package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Map;

/**
 * What a run is reported by. {@link ScriptReader} checks the words.
 *
 * @param forgetting what is called forgetting
 * @param references models that the run is measured against, in the order written
 * @param evaluate which tasks are evaluated after which
 */
public record ReportSettings(Forgetting forgetting, ImmutableSet<Reference> references, Evaluate evaluate) {
    /** Forgetting as Chaudhry et al. 2018 define it, no references, and every task evaluated after every task. */
    public static final ReportSettings USUAL =
            new ReportSettings(Forgetting.BEST_EARLIER, ImmutableSet.of(), Evaluate.ALL);

    static final ImmutableList<String> KEYS = ImmutableList.of("forgetting", "references", "evaluate");

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
        /** The best accuracy before the last task less the last. */
        BEST_EARLIER,
        /** The accuracy right after the task was learned less the last. */
        FIRST,
        /** The best accuracy of all, the last among them, less the last. */
        BEST_OF_ALL,
        /** The mean drop below the accuracy right after the task was learned. */
        MEAN_DROP
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
                report.choice("forgetting", USUAL.forgetting),
                report.choices("references", Reference.class),
                report.choice("evaluate", USUAL.evaluate));
    }

    Map<String, Object> settings() {
        return ImmutableMap.of(
                "forgetting",
                Section.word(forgetting),
                "references",
                references.stream().map(Section::word).toList(),
                "evaluate",
                Section.word(evaluate));
    }
}
