package sluice.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "012 02  | 012 02      | 3 | a class that a task lacks shifts no other's output",
                "01 12   | 01 12       | 3 | shifted",
                "01 02   | 01 02       | 3 | two classes never share one",
                "75 57   | 01 10       | 2 | the same in another order",
                "01 01   | 01 01       | 2 | the same",
                "01 23 3 | 01 23 3     | 4 | by label for all as soon as two share one",
            })
    void domainsThatShareLabelsHaveAnOutputPerLabel(String classes, String outputs, int count, String why) {
        TaskSequence sequence = sequence(Scenario.DOMAIN, digits(classes));
        OutputLayout layout = OutputLayout.of(sequence);

        assertThat(layout.meaning()).isEqualTo(OutputMeaning.LABEL);
        assertThat(layout.count()).as(why).isEqualTo(count);
        List<List<Integer>> expected = digits(outputs);
        for (int t = 0; t < expected.size(); t++) {
            for (int position = 0; position < expected.get(t).size(); position++) {
                int output = layout.output(t, position);
                assertThat(output).as(why).isEqualTo(expected.get(t).get(position));
                assertThat(layout.labels().get(output))
                        .isEqualTo(sequence.tasks().get(t).classes().get(position));
                assertThat(layout.label(t, output))
                        .isEqualTo(sequence.tasks().get(t).classes().get(position));
            }
        }
        assertThat(DomainOutputs.text(sequence).orElseThrow())
                .startsWith("outputs go by label, as tasks share labels: " + count + ", ");
    }

    private static List<List<Integer>> digits(String tasks) {
        return Splitter.on(' ')
                .splitToStream(tasks)
                .map(OutputLayoutTest::classes)
                .toList();
    }

    private static List<Integer> classes(String digits) {
        return digits.chars().mapToObj(Character::getNumericValue).toList();
    }

    @Test
    void domainsOfUnequallyManyClassesWithoutASharedLabelHaveTheMostOutputs() {
        TaskSequence sequence = sequence(Scenario.DOMAIN, List.of(List.of(0, 1), List.of(2, 3, 4)));
        OutputLayout layout = OutputLayout.of(sequence);

        assertThat(layout.count()).isEqualTo(3);
        assertThat(layout.output(1, 0)).isZero();
        assertThat(layout.labels()).containsExactly(0, 1, 2);
        assertThat(layout.learning(0)).isEqualTo(new OutputRange(0, 2));
        assertThat(layout.testing(0, 2)).isEqualTo(new OutputRange(0, 3));
        assertThat(DomainOutputs.isUneven(sequence)).isTrue();
        assertThat(DomainOutputs.text(sequence))
                .hasValue("outputs go by position in each task's classes, as no two tasks share a label: 3");
    }

    @Test
    void whatIsTheSameForEveryTaskSurprisesNobody() {
        for (String classes : List.of("01 23 45", "0123 0123", "30 12")) {
            assertThat(DomainOutputs.isUneven(sequence(Scenario.DOMAIN, digits(classes))))
                    .as(classes)
                    .isFalse();
        }
        for (String classes : List.of("012 02", "01 12", "01 10", "01 234")) {
            assertThat(DomainOutputs.isUneven(sequence(Scenario.DOMAIN, digits(classes))))
                    .as(classes)
                    .isTrue();
            assertThat(DomainOutputs.isUneven(sequence(Scenario.CLASS, digits(classes))))
                    .isFalse();
        }
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
