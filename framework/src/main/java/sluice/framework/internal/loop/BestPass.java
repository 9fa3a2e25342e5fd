package sluice.framework.internal.loop;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import sluice.framework.internal.state.Snapshot;
import sluice.framework.internal.state.State;
import sluice.framework.optimizer.TrainingPlan;
import sluice.framework.result.ChosenPass;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.ValidationScore;

/** The pass of a task's training that answered held-out examples best so far, and what the task was then. Mutable. */
final class BestPass {
    /** In the place of right answers, where numbers are predicted. */
    private static final int NUMBERS = -1;

    private final int patience;
    private int best = -1;
    private int last = -1;
    private ValidationScore score = new ValidationScore(0, 1, Double.POSITIVE_INFINITY);
    private Optional<Snapshot> then = Optional.empty();

    /**
     * @param patience passes without a better one after which training ends
     */
    BestPass(int patience) {
        this.patience = patience;
    }

    /**
     * A pass has ended.
     *
     * @param pass from 0
     * @param scored how held-out examples are answered after it
     * @param task what it is now, where it is the best
     * @return whether training goes on
     */
    boolean ended(int pass, ValidationScore scored, Supplier<Snapshot> task) {
        last = pass;
        if (best < 0 || scored.isBetterThan(score)) {
            best = pass;
            score = scored;
            then = Optional.of(task.get());
        }
        return pass - best < patience;
    }

    /** From 0. */
    int pass() {
        return best;
    }

    /** What the task was after the best pass, if that is not the last. */
    Optional<Snapshot> earlier() {
        return then.filter(any -> best < last);
    }

    /** What learning the task took, with this choice, in so many steps. */
    TaskSummary on(TaskSummary summary, TrainingPlan plan, long steps) {
        return summary.chosen(new ChosenPass(best + 1, last + 1, plan.epochs(), score), steps);
    }

    /** What a checkpoint holds beside this: the task after the best pass. */
    Optional<Snapshot> kept() {
        return then;
    }

    /** Goes on from a checkpoint. */
    void takeUp(Snapshot checkpoint, String task) {
        state(checkpoint.state());
        then = Optional.of(checkpoint.part(task)).filter(kept -> best >= 0);
    }

    /** Tells all but what the task was. */
    void state(State state) {
        best = state.count("best", best);
        last = state.count("last", last);
        int correct = state.count("correct", score.correct().orElse(NUMBERS));
        score = new ValidationScore(
                correct == NUMBERS ? OptionalInt.empty() : OptionalInt.of(correct),
                state.count("examples", score.examples()),
                state.number("loss", score.loss()));
    }
}
