package sluice.evaluation.report;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import sluice.evaluation.run.LearningPoint;

/** Keeps the page below its size: details that are many are shown of fewer runs, and the page says so. In order of use. */
enum PageBudget {
    CONTINUAL_OF_FIRST_SEEDS(
            "accuracies between steps are shown of the first seed of each strategy only; continual-evaluation.csv of each run has all",
            true,
            details -> details.withContinual(ImmutableList.of())),
    HARDEST_OF_FIRST_SEEDS(
            "hardest examples are shown of the first seed of each strategy only; hardest.csv of each run has all",
            true,
            details -> details.withHardest(ImmutableList.of())),
    CURVES_OF_FIRST_SEEDS(
            "learning curves are shown of the first seed of each strategy only; learning-curves.csv of each run has all",
            true,
            details -> details.withCurves(ImmutableList.of())),
    CONFUSION_OF_FIRST_SEEDS(
            "confusion matrices and figures of classes are shown of the first seed of each strategy only; confusion.csv of each run has all",
            true,
            details -> details.withConfusion(ImmutableList.of())),
    GATES_OF_FIRST_SEEDS(
            "gates are shown of the first seed of each strategy only; gates.csv of each run has all",
            true,
            details -> details.withGates(ImmutableList.of())),
    NO_HARDEST(
            "hardest examples would make this page too large; hardest.csv of each run has them",
            false,
            details -> details.withHardest(ImmutableList.of())),
    THIN_CURVES(
            "learning curves show every fourth point; learning-curves.csv of each run has all",
            false,
            PageBudget::thinned),
    NO_CONTINUAL(
            "accuracies between steps would make this page too large; continual-evaluation.csv of each run has them",
            false,
            details -> details.withContinual(ImmutableList.of())),
    NO_OVERLAPS(
            "overlaps between tasks would make this page too large; overlap.csv of each run has them",
            false,
            details -> details.withOverlaps(ImmutableList.of())),
    NO_CONFUSION(
            "confusion matrices and figures of classes would make this page too large; confusion.csv of each run has them",
            false,
            details -> details.withConfusion(ImmutableList.of())),
    NO_CURVES(
            "learning curves would make this page too large; learning-curves.csv of each run has them",
            false,
            details -> details.withCurves(ImmutableList.of())),
    NO_GATES(
            "gates would make this page too large; gates.csv of each run has them",
            false,
            details -> details.withGates(ImmutableList.of()));

    private static final int EVERY = 4;

    private final String note;
    private final boolean sparesFirstSeeds;
    private final UnaryOperator<RunDetails> cut;

    PageBudget(String note, boolean sparesFirstSeeds, UnaryOperator<RunDetails> cut) {
        this.note = note;
        this.sparesFirstSeeds = sparesFirstSeeds;
        this.cut = cut;
    }

    /** What a reader is told. */
    String note() {
        return note;
    }

    /** Whether details of the first seed of each strategy stay. */
    boolean sparesFirstSeeds() {
        return sparesFirstSeeds;
    }

    ReportData applyTo(ReportData data) {
        Set<String> seen = new HashSet<>();
        List<ReportRun> runs = new ArrayList<>();
        for (ReportRun run : data.runs()) {
            boolean isFirst = seen.add(run.strategy());
            runs.add(sparesFirstSeeds && isFirst ? run : run.with(cut.apply(run.details())));
        }
        return data.with(runs);
    }

    private static RunDetails thinned(RunDetails details) {
        List<LearningPoint> all = details.curves();
        ImmutableList.Builder<LearningPoint> kept = ImmutableList.builder();
        for (int i = 0; i < all.size(); i++) {
            boolean isEnd = i == all.size() - 1
                    || !all.get(i + 1).task().equals(all.get(i).task());
            if (i % EVERY == 0 || isEnd) {
                kept.add(all.get(i));
            }
        }
        return details.withCurves(kept.build());
    }
}
