package sluice.framework.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import sluice.evaluation.run.LearningPoint;
import sluice.framework.result.ChosenPass;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.ValidationScore;

class StillFallingTest {
    private final List<LearningPoint> curve = new ArrayList<>();

    private void learned(String task, IntToDoubleFunction loss, double accuracy) {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 100; i++) {
            curve.add(new LearningPoint(
                    task, i + 1, 1, loss.applyAsDouble(i) * (1 + 0.05 * random.nextDouble(-1, 1)), accuracy));
        }
    }

    private static TaskSummary chosen(String task, int pass, int most) {
        return TaskSummary.of(task, ImmutableList.of(), 1, 1, ImmutableList.of())
                .chosen(new ChosenPass(pass, Math.min(most, pass + 1), most, new ValidationScore(1, 2, 0.5)), 9);
    }

    @Test
    void saysWhichTaskAndWhatToDo() {
        learned("done", i -> 0.3, 0.9);
        learned("short", i -> Math.exp(-i / 60.0), 0.7);

        assertThat(StillFalling.line(curve, List.of()).orElseThrow())
                .startsWith("the loss of 1 of 2 tasks still falls where training ends (from 0.")
                .endsWith(
                        " with 70.0 % of the examples right in training, of task short): train longer by training.epochs or training.iterations, or raise training.learning_rate");
    }

    @Test
    void isSilentWhereNothingIsLeftToLearnOrTheFallIsNoise() {
        learned("nearly all right", i -> Math.exp(-i / 60.0), 0.985);
        SplittableRandom random = new SplittableRandom(3);
        learned("noisy", i -> (i < 90 ? 1.1 : 1) * random.nextDouble(), 0.6);

        assertThat(StillFalling.line(curve, List.of())).isEmpty();
    }

    @Test
    void heldOutExamplesKnowBetter() {
        learned("a", i -> Math.exp(-i / 60.0), 0.7);

        assertThat(StillFalling.line(curve, List.of(chosen("a", 3, 9)))).isEmpty();
        assertThat(StillFalling.line(curve, List.of(chosen("a", 9, 9)))).isPresent();
    }
}
