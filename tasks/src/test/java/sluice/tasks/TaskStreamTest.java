package sluice.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Floats;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskStreamTest {
    private static final Examples TRAIN = Examples.of(
            new float[][] {{1, 2, 3, 4, 5, 6, 7, 8, 9}, {9, 8, 7, 6, 5, 4, 3, 2, 1}, {0, 0, 0, 1, 1, 1, 2, 2, 2}},
            new int[] {4, 2, 7});
    private static final DataSet VECTORS = DataSet.of("nine", TRAIN, TRAIN, Map.of());
    private static final DataSet IMAGES = VECTORS.withShape(new Shape.Image(3, 3));
    private static final DataSet TEN_CLASSES = DataSet.of(
            "ten",
            Examples.of(new float[10], 1, IntStream.range(0, 10).toArray()),
            Examples.of(new float[10], 1, IntStream.range(0, 10).toArray()),
            Map.of());

    private static TaskSequence permuted(int tasks, long seed) {
        return TaskSequence.permuted(VECTORS, Normalisation.NONE, tasks, seed);
    }

    @Test
    void everyPermutedTaskHasAllClassesAndTheFirstIsAsItWas() {
        TaskSequence sequence = permuted(3, 1);

        assertThat(sequence.name()).isEqualTo("permuted-nine");
        assertThat(sequence.names()).containsExactly("permutation-1", "permutation-2", "permutation-3");
        assertThat(sequence.scenario()).isEqualTo(Scenario.TASK);
        assertThat(sequence.tasks())
                .allSatisfy(task -> assertThat(task.classes()).containsExactly(2, 4, 7))
                .allSatisfy(task -> assertThat(task.train().labels()).containsExactly(1, 0, 2));
        assertThat(sequence.tasks().get(0).train().row(0)).isEqualTo(TRAIN.row(0));
    }

    @Test
    void aPermutedTaskHasTheSameFeaturesInOneOrderThroughout() {
        Task task = permuted(2, 1).tasks().get(1);

        float[] up = task.train().row(0);
        float[] down = task.test().row(1);

        assertThat(up).isNotEqualTo(TRAIN.row(0)).containsExactlyInAnyOrder(TRAIN.row(0));
        for (int i = 0; i < up.length; i++) {
            assertThat(up[i] + down[i]).isEqualTo(10);
        }
    }

    @Test
    void aPermutationDependsOnTheSeedAndItsPositionOnly() {
        List<Float> second = Floats.asList(permuted(2, 1).tasks().get(1).train().row(0));

        assertThat(Floats.asList(permuted(5, 1).tasks().get(1).train().row(0))).isEqualTo(second);
        assertThat(Floats.asList(permuted(2, 2).tasks().get(1).train().row(0))).isNotEqualTo(second);
        assertThat(Floats.asList(permuted(3, 1).tasks().get(2).train().row(0))).isNotEqualTo(second);
    }

    @Test
    void aDrawnOrderIsTheSameOnEveryMachine() {
        assertThat(DrawnOrder.of(9, 1, "permutation", 1)).containsExactly(6, 2, 0, 8, 7, 1, 3, 4, 5);
    }

    @Test
    void rotatedTasksAreNamedAfterTheirAngles() {
        TaskSequence sequence = TaskSequence.rotated(IMAGES, Normalisation.NONE, 0, 90, -22.5);

        assertThat(sequence.names()).containsExactly("rotation-0", "rotation-90", "rotation--22.5");
        assertThat(sequence.tasks().get(0).train().row(0)).isEqualTo(TRAIN.row(0));
        assertThat(sequence.tasks().get(1).test().row(0)).containsExactly(3, 6, 9, 2, 5, 8, 1, 4, 7);
    }

    @Test
    void vectorsCannotBeRotated() {
        assertThatThrownBy(() -> TaskSequence.rotated(VECTORS, Normalisation.NONE, 10))
                .isInstanceOf(InputException.class)
                .hasMessage("data set nine has vectors, only images can be rotated: choose a data set of images");
    }

    @Test
    void streamsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> permuted(0, 1))
                .withMessage("tasks must be at least 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskSequence.rotated(IMAGES, Normalisation.NONE, 1, Double.NaN))
                .withMessage("degrees must be finite, got NaN");
        assertThatIllegalArgumentException().isThrownBy(() -> TaskSequence.rotated(IMAGES, Normalisation.NONE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskSequence.rotated(IMAGES, Normalisation.NONE, 5, 5))
                .withMessageContaining("two tasks named rotation-5");
    }

    @Test
    void shuffledClassesAreDealtInAnOrderOfTheSeed() {
        ClassSplit one = ClassSplit.shuffled(TEN_CLASSES, 2, 1);
        ClassSplit other = ClassSplit.shuffled(TEN_CLASSES, 2, 2);

        assertThat(one.groups())
                .hasSize(5)
                .allSatisfy(group -> assertThat(group).hasSize(2));
        assertThat(one.groups().stream().flatMap(List::stream)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(one).isEqualTo(ClassSplit.shuffled(TEN_CLASSES, 2, 1)).isNotEqualTo(other);
    }
}
