package sluice.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputLayoutTest {
    /** Tasks of these classes, in this order, with an example each. */
    static TaskSequence sequence(Scenario scenario, List<? extends List<Integer>> classes) {
        ImmutableList.Builder<Task> tasks = ImmutableList.builder();
        for (int t = 0; t < classes.size(); t++) {
            Examples one = Examples.of(new float[][] {{1}}, new int[] {0});
            tasks.add(new Task("task " + t, ImmutableList.copyOf(classes.get(t)), one, one));
        }
        return new TaskSequence("any", tasks.build(), scenario, Normalisation.NONE, ImmutableSortedMap.of());
    }

    private static OutputLayout layout(Scenario scenario, List<List<Integer>> classes) {
        return OutputLayout.of(sequence(scenario, classes));
    }

    @Test
    void tasksHaveOutputsOfTheirOwnOneAfterAnother() {
        OutputLayout layout = layout(Scenario.TASK, List.of(List.of(0, 1), List.of(1, 2, 3), List.of(0)));

        assertThat(layout.count()).isEqualTo(6);
        assertThat(layout.output(1, 2)).isEqualTo(4);
        assertThat(layout.learning(1)).isEqualTo(new OutputRange(2, 5));
        assertThat(layout.testing(1, 0)).isEqualTo(new OutputRange(2, 5));
        assertThat(layout.testing(2, 3)).isEqualTo(new OutputRange(5, 6));
    }

    @Test
    void domainsShareTheirOutputs() {
        OutputLayout layout = layout(Scenario.DOMAIN, List.of(List.of(0, 1), List.of(7, 4)));

        assertThat(layout.count()).isEqualTo(2);
        assertThat(layout.output(1, 0)).isZero();
        assertThat(layout.learning(0)).isEqualTo(new OutputRange(0, 2));
        assertThat(layout.testing(1, 0)).isEqualTo(new OutputRange(0, 2));
    }

    @Test
    void classesHaveAnOutputEachInTheOrderInWhichTheyAppear() {
        OutputLayout layout = layout(Scenario.CLASS, List.of(List.of(8, 3), List.of(3, 5), List.of(1)));

        assertThat(layout.count()).isEqualTo(4);
        assertThat(layout.output(0, 0)).isZero();
        assertThat(layout.output(1, 0)).isEqualTo(1);
        assertThat(layout.output(1, 1)).isEqualTo(2);
        assertThat(layout.output(2, 0)).isEqualTo(3);
        assertThat(layout.learning(1)).isEqualTo(new OutputRange(0, 3));
        assertThat(layout.testing(0, 3)).isEqualTo(new OutputRange(0, 4));
    }

    @Test
    void aTaskThatIsNotLearnedYetIsTestedAsIfTheSequenceHadBeenLearnedUpToIt() {
        OutputLayout layout = layout(Scenario.CLASS, List.of(List.of(0, 1), List.of(2, 3), List.of(4, 5)));

        assertThat(layout.testing(0, 0)).isEqualTo(new OutputRange(0, 2));
        assertThat(layout.testing(2, 1)).isEqualTo(new OutputRange(0, 6));
    }

    @Test
    void domainsWithUnequallyManyClassesAreRefusedWithTheirNames() {
        List<List<Integer>> unequal = List.of(List.of(0, 1), List.of(2, 3), List.of(4));

        assertThatThrownBy(() -> sequence(Scenario.DOMAIN, unequal))
                .isInstanceOf(InputException.class)
                .hasMessage("domain means the same outputs for every task, but task task 0 has 2 classes and task"
                        + " task 2 has 1: give every task as many");
        assertThat(sequence(Scenario.CLASS, unequal).scenario()).isEqualTo(Scenario.CLASS);
    }

    @Test
    void tasksBeyondTheSequenceAreRefused() {
        OutputLayout layout = layout(Scenario.CLASS, List.of(List.of(0), List.of(1)));

        assertThatThrownBy(() -> layout.learning(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> layout.testing(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aRangeHasAtLeastOneOutput() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OutputRange(2, 2))
                .withMessage("to must be above from, which is 2, got 2");
        assertThatIllegalArgumentException().isThrownBy(() -> new OutputRange(-1, 2));
    }
}
