package sluice.tasks.strangers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.tasks.ClassSplit;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.LeftOut;
import sluice.tasks.Normalisation;
import sluice.tasks.Shape;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.digits.Digits;

class StrangersTest {
    private static final DataSet DIGITS = Digits.draw(60, 40, 1);
    private static final LeftOut OUT = LeftOut.of(DIGITS, List.of(9, 7));
    private static final TaskSequence SEQUENCE = split(OUT.rest(DIGITS)).withLeftOut(OUT);

    private static TaskSequence split(DataSet dataSet) {
        return TaskSequence.split(dataSet, Normalisation.NONE, ClassSplit.consecutive(dataSet, 2));
    }

    private static float[] sorted(float[] row) {
        float[] sorted = row.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    @Test
    void aPermutationHasTheFeaturesOfTestExamplesAllInOneOtherOrder() {
        Examples own = SEQUENCE.tasks().get(0).test();
        Examples strangers = Strangers.PERMUTATION.of(SEQUENCE, 100, 3);

        assertThat(strangers.size()).isEqualTo(own.size());
        for (int i = 0; i < own.size(); i++) {
            assertThat(sorted(strangers.row(i))).isEqualTo(sorted(own.row(i)));
            assertThat(strangers.row(i)).isNotEqualTo(own.row(i));
        }
        // features that are alike in all examples stay so
        assertThat(columns(strangers)).containsExactlyInAnyOrderElementsOf(columns(own));
        assertThat(Strangers.PERMUTATION.of(SEQUENCE, 100, 4).row(0)).isNotEqualTo(strangers.row(0));
    }

    private static List<List<Float>> columns(Examples examples) {
        float[][] rows = new float[examples.size()][];
        Arrays.setAll(rows, examples::row);
        return IntStream.range(0, examples.features())
                .mapToObj(f -> Arrays.stream(rows).map(row -> row[f]).toList())
                .toList();
    }

    @Test
    void noiseFillsTheRangeOfTheFirstTask() {
        Examples noise = Strangers.NOISE.of(SEQUENCE, 100, 3);
        float[] all = sorted(noise.row(0));

        assertThat(all[0]).isBetween(0f, 5f);
        assertThat(all[all.length / 2]).isBetween(110f, 145f);
        assertThat(all[all.length - 1]).isBetween(250f, 255f);
    }

    @Test
    void leftOutAreTheTestExamplesOfThoseClassesAndOfNoTask() {
        assertThat(OUT.classes()).containsExactly(7, 9);
        long expected = Arrays.stream(DIGITS.test().labels())
                .filter(label -> label == 7 || label == 9)
                .count();

        assertThat(Strangers.LEFT_OUT.of(SEQUENCE, 1000, 1).size()).isEqualTo((int) expected);
        assertThat(SEQUENCE.tasks().stream().flatMap(task -> task.classes().stream()))
                .doesNotContain(7, 9)
                .hasSize(8);
        assertThat(SEQUENCE.tasks().stream()
                        .mapToInt(task -> task.train().size())
                        .sum())
                .isLessThan(DIGITS.train().size());
    }

    @Test
    void leftOutClassesStayWithASequenceThatIsChanged() {
        TaskSequence changed = SEQUENCE.withName("other")
                .withTasks(SEQUENCE.tasks().subList(0, 2))
                .withClassNames()
                .withShape(new Shape.Vector(Digits.FEATURES));

        assertThat(changed.leftOut()).contains(OUT);
    }

    @Test
    void drawnDigitsAreFramedWhereInputsAreLarger() {
        DataSet larger = new DataSet(
                        "pictures",
                        DIGITS.train(),
                        DIGITS.test(),
                        DIGITS.shape(),
                        split(DIGITS).checksums())
                .padded(2);
        TaskSequence own =
                split(new DataSet("pictures", larger.train(), larger.test(), larger.shape(), ImmutableSortedMap.of()));

        assertThat(Strangers.DIGITS.misfit(own)).isEmpty();
        Examples drawn = Strangers.DIGITS.of(own, 20, 5);
        assertThat(drawn.size()).isEqualTo(20);
        assertThat(drawn.features()).isEqualTo(32 * 32);
        assertThat(Arrays.copyOf(drawn.row(0), 64)).containsOnly(0);
        assertThat(sorted(drawn.row(0))[32 * 32 - 1]).isGreaterThan(200);
    }

    @Test
    void kindsThatMakeNoSenseSayWhy() {
        assertThat(Strangers.DIGITS.misfit(SEQUENCE))
                .contains("digits are no strangers to tasks of drawn digits: remove digits");
        Examples three = Examples.of(new float[][] {{1, 2, 3}, {2, 3, 4}}, new int[] {0, 1});
        TaskSequence vectors =
                TaskSequence.of("vectors", Normalisation.NONE, new Task("a", ImmutableList.of(0, 1), three, three));
        assertThat(Strangers.DIGITS.misfit(vectors))
                .contains(
                        "digits are drawn as pictures of 28 x 28 pixels, and inputs are 3 features that are no picture: remove digits");
        assertThat(Strangers.LEFT_OUT.misfit(vectors))
                .contains(
                        "left-out speaks of classes that no task has, and none were left out: write split: {left_out: 4}, or remove left-out");
    }

    @ParameterizedTest
    @EnumSource(
            value = Strangers.class,
            names = {"PERMUTATION", "NOISE"})
    void tasksWithoutTestExamplesHaveNone(Strangers kind) {
        Examples two = Examples.of(new float[][] {{1, 2}, {2, 3}}, new int[] {0, 1});
        TaskSequence untested = TaskSequence.of(
                "untested", Normalisation.NONE, new Task("a", ImmutableList.of(0, 1), two, Examples.none(2)));

        assertThat(kind.of(untested, 10, 1).size()).isZero();
    }
}
