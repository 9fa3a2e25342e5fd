package sluice.tasks.digits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sluice.tasks.ClassSplit;
import sluice.tasks.DataSet;
import sluice.tasks.Normalisation;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** Digits must be learnable, but not by a linear model: else they tell nothing about networks. */
@Tag("slow")
class DigitsDifficultyTest {
    @Test
    void aHiddenLayerBeatsALinearModelByThreePoints() {
        DataSet digits = Digits.draw(3000, 2000, 2024);
        SmallNetwork linear = new SmallNetwork(new int[] {784, 10}, 1);
        SmallNetwork hidden = new SmallNetwork(new int[] {784, 100, 10}, 1);

        linear.learn(digits.train(), 10, 0.04f);
        hidden.learn(digits.train(), 10, 0.04f);

        double linearAccuracy = linear.accuracy(digits.test());
        double hiddenAccuracy = hidden.accuracy(digits.test());
        assertThat(linearAccuracy).isBetween(0.85, 0.93);
        assertThat(hiddenAccuracy).isBetween(linearAccuracy + 0.03, 0.985);
    }

    @Test
    void everyPairOfConsecutiveDigitsIsLearnableToNinetyEightPercent() {
        DataSet digits = Digits.draw(6000, 4000, 2024);
        TaskSequence pairs = TaskSequence.split(digits, Normalisation.UNIT_PIXELS, ClassSplit.consecutive(digits, 2));

        for (Task pair : pairs.tasks()) {
            SmallNetwork network = new SmallNetwork(new int[] {784, 100, 2}, 1);
            network.learn(pair.train(), 8, 0.05f);
            assertThat(network.accuracy(pair.test())).as(pair.name()).isGreaterThan(0.98);
        }
    }
}
