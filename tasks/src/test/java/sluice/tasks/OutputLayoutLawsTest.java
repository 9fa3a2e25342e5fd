package sluice.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class OutputLayoutLawsTest {
    /** Sequences of one to six tasks, some of which share classes. */
    @Provide
    Arbitrary<TaskSequence> sequences() {
        Arbitrary<List<Integer>> classes = Arbitraries.integers()
                .between(0, 9)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .uniqueElements();
        return Arbitraries.of(Scenario.values())
                .flatMap(scenario -> classes.list()
                        .ofMinSize(1)
                        .ofMaxSize(6)
                        .map(tasks -> OutputLayoutTest.sequence(scenario, tasks)));
    }

    @Property(tries = 300)
    void everyRangeHasTheTasksOwnOutputs(@ForAll("sequences") TaskSequence sequence) {
        OutputLayout layout = OutputLayout.of(sequence);

        forAllLabels(sequence, (task, label) -> {
            assertThat(layout.learning(task).contains(layout.output(task, label)))
                    .isTrue();
            for (int learned = 0; learned <= sequence.tasks().size(); learned++) {
                assertThat(layout.testing(task, learned).contains(layout.output(task, label)))
                        .isTrue();
            }
        });
    }

    @Property(tries = 300)
    void everyOutputIsSomeLabelsAndNoneIsBeyondTheCount(@ForAll("sequences") TaskSequence sequence) {
        OutputLayout layout = OutputLayout.of(sequence);
        Set<Integer> used = new HashSet<>();

        forAllLabels(sequence, (task, label) -> used.add(layout.output(task, label)));

        assertThat(used)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, layout.count()).boxed().toList());
    }

    @Property(tries = 300)
    void labelsOfOneTaskHaveDifferentOutputs(@ForAll("sequences") TaskSequence sequence) {
        OutputLayout layout = OutputLayout.of(sequence);

        for (int t = 0; t < sequence.tasks().size(); t++) {
            int task = t;
            assertThat(IntStream.range(0, sequence.tasks().get(task).classes().size())
                            .map(label -> layout.output(task, label)))
                    .doesNotHaveDuplicates();
        }
    }

    @Property(tries = 300)
    void outputsMeanWhatTheScenarioSays(@ForAll("sequences") TaskSequence sequence) {
        OutputLayout layout = OutputLayout.of(sequence);
        Map<Integer, Object> meaning = new HashMap<>();
        Set<Object> meanings = new HashSet<>();

        forAllLabels(sequence, (task, label) -> {
            Object expected =
                    switch (sequence.scenario()) {
                        case TASK -> "task " + task + ", label " + label;
                        case DOMAIN -> isAnyShared(sequence) ? original(sequence, task, label) : label;
                        case CLASS -> original(sequence, task, label);
                    };
            Object earlier = meaning.putIfAbsent(layout.output(task, label), expected);
            assertThat(earlier == null || earlier.equals(expected)).isTrue();
            meanings.add(expected);
        });

        assertThat(meanings).hasSize(layout.count());
    }

    @Property(tries = 300)
    void moreLearnedNeverLeavesFewerToCompete(@ForAll("sequences") TaskSequence sequence) {
        OutputLayout layout = OutputLayout.of(sequence);
        int tasks = sequence.tasks().size();

        for (int task = 0; task < tasks; task++) {
            for (int learned = 0; learned < tasks; learned++) {
                assertThat(layout.testing(task, learned + 1).size())
                        .isGreaterThanOrEqualTo(layout.testing(task, learned).size());
            }
            assertThat(layout.testing(task, task + 1)).isEqualTo(layout.learning(task));
            assertThat(layout.testing(task, tasks).to()).isLessThanOrEqualTo(layout.count());
        }
        if (sequence.scenario() != Scenario.TASK) {
            assertThat(layout.testing(0, tasks)).isEqualTo(new OutputRange(0, layout.count()));
        }
    }

    private static int original(TaskSequence sequence, int task, int label) {
        return sequence.tasks().get(task).classes().get(label);
    }

    /** Whether outputs go by label: also of one task, whose classes mean the same by label and by position. */
    private static boolean isAnyShared(TaskSequence sequence) {
        List<Integer> all = sequence.tasks().stream()
                .flatMap(task -> task.classes().stream())
                .toList();
        return sequence.tasks().size() == 1 || new HashSet<>(all).size() < all.size();
    }

    private interface OfLabel {
        void accept(int task, int label);
    }

    private static void forAllLabels(TaskSequence sequence, OfLabel law) {
        for (int t = 0; t < sequence.tasks().size(); t++) {
            for (int label = 0; label < sequence.tasks().get(t).classes().size(); label++) {
                law.accept(t, label);
            }
        }
    }
}
