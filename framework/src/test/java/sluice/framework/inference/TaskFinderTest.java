package sluice.framework.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.Floats;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.evaluation.MetricValue;
import sluice.evaluation.RocArea;
import sluice.framework.discriminant.InferenceSettings;
import sluice.framework.discriminant.TaskChoice;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.state.Snapshot;
import sluice.tasks.ClassSplit;
import sluice.tasks.DataSet;
import sluice.tasks.InputException;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.digits.Digits;

/** Finds tasks by sums over their training examples. */
class TaskFinderTest {
    private static final DataSet DIGITS = Digits.draw(1500, 300, 1);
    private static final TaskSequence PERMUTED =
            TaskSequence.permuted(DIGITS, Normalisation.UNIT_PIXELS, 6, 1).withScenario(Scenario.DOMAIN);
    private static final TaskSequence SPLIT = TaskSequence.split(
                    DIGITS, Normalisation.UNIT_PIXELS, ClassSplit.consecutive(DIGITS, 2))
            .withScenario(Scenario.CLASS);

    private static InferenceSettings by(TaskChoice choice) {
        return new InferenceSettings(540, 0.1, 0, 0).withTask(choice);
    }

    private static TaskFinder taught(TaskChoice choice, TaskSequence sequence, Lanes lanes) {
        TaskFinder finder = new TaskFinder(by(choice), sequence, 1, lanes);
        for (int task = 0; task < sequence.tasks().size(); task++) {
            finder.learn(task);
        }
        return finder;
    }

    /** Share of test examples whose task is found. */
    private static double found(TaskFinder finder, TaskSequence sequence) {
        double right = 0;
        double all = 0;
        for (int task = 0; task < sequence.tasks().size(); task++) {
            int own = task;
            int[] tasks = finder.find(sequence.tasks().get(task).test()).tasks();
            right += Arrays.stream(tasks).filter(of -> of == own).count();
            all += tasks.length;
        }
        return right / all;
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskChoice.class,
            names = {"AUTO", "DENSITY"})
    void permutationsAreToldApartFromOneImage(TaskChoice choice) {
        try (Lanes lanes = Lanes.start(2);
                TaskFinder finder = taught(choice, PERMUTED, lanes)) {
            assertThat(found(finder, PERMUTED)).isGreaterThan(0.999);
            assertThat(finder.explanation().get(0))
                    .startsWith("tasks are found by bernoulli: right about so many of 750 ");
        }
    }

    @Test
    void heldOutExamplesChooseTheDiscriminantWhereDensitiesDoWorse() {
        try (Lanes lanes = Lanes.start(2);
                TaskFinder finder = taught(TaskChoice.AUTO, SPLIT, lanes);
                TaskFinder densities = taught(TaskChoice.DENSITY, SPLIT, lanes)) {
            assertThat(finder.explanation())
                    .singleElement()
                    .asString()
                    .startsWith("tasks are found by discriminant: right about so many of 120 held-out");
            assertThat(found(finder, SPLIT)).isGreaterThan(0.98).isGreaterThan(found(densities, SPLIT) + 0.1);
        }
    }

    @Test
    void oneTaskIsNotExplainedByFiguresThatNobodyTook() {
        TaskSequence one = SPLIT.withTasks(SPLIT.tasks().subList(0, 1));
        try (Lanes lanes = Lanes.start(2);
                TaskFinder finder = taught(TaskChoice.AUTO, one, lanes);
                TaskFinder discriminant = taught(TaskChoice.DISCRIMINANT, one, lanes)) {
            assertThat(finder.explanation())
                    .containsExactly(
                            "tasks are found by bernoulli: with one task there was nothing to tell apart, so that the cheapest was taken");
            assertThat(discriminant.explanation())
                    .containsExactly("tasks are found by discriminant: with one task there was nothing to tell apart");
        }
    }

    @Test
    void whatFitsNoTaskIsOfNoTypicality() {
        TaskSequence known = PERMUTED.withTasks(PERMUTED.tasks().subList(0, 4));
        try (Lanes lanes = Lanes.start(2);
                TaskFinder finder = taught(TaskChoice.DENSITY, known, lanes)) {
            double own = atLeast(finder.find(known.tasks().get(2).test()), 0.02);
            double strange = atLeast(finder.find(PERMUTED.tasks().get(5).test()), 0.02);

            assertThat(own).isGreaterThan(0.9);
            assertThat(strange).isLessThan(0.02);
        }
    }

    /** Scores of the first task's examples change with each later task. */
    @Test
    void theDiscriminantTellsClassesThatWereLeftOutFromThoseOfEveryTask() {
        TaskSequence known = SPLIT.withTasks(SPLIT.tasks().subList(0, 3));
        try (Lanes lanes = Lanes.start(2);
                TaskFinder finder = taught(TaskChoice.DISCRIMINANT, known, lanes)) {
            float[] strange = Floats.concat(
                    typicality(finder, SPLIT.tasks().get(3)),
                    typicality(finder, SPLIT.tasks().get(4)),
                    typicality(finder, PERMUTED.tasks().get(5)));
            for (Task task : known.tasks()) {
                MetricValue area = RocArea.of(typicality(finder, task), strange);

                assertThat(area.number().orElseThrow()).as(task.name()).isGreaterThan(0.97);
            }
        }
    }

    private static float[] typicality(TaskFinder finder, Task task) {
        return Floats.toArray(Doubles.asList(finder.find(task.test()).typicality()));
    }

    private static double atLeast(FoundTasks found, double threshold) {
        return Arrays.stream(found.typicality()).filter(t -> t >= threshold).count() / (double) found.tasks().length;
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskChoice.class,
            names = {"AUTO", "DENSITY", "DISCRIMINANT"})
    void goesOnFromItsStateAsIfNothingHadHappened(TaskChoice choice) {
        for (TaskSequence sequence : new TaskSequence[] {PERMUTED, SPLIT}) {
            try (Lanes lanes = Lanes.start(2);
                    TaskFinder whole = new TaskFinder(by(choice), sequence, 1, lanes);
                    TaskFinder resumed = new TaskFinder(by(choice), sequence, 1, lanes)) {
                for (int task = 0; task < 3; task++) {
                    whole.learn(task);
                }
                Snapshot.of(state -> whole.state(state, 3)).restore(state -> resumed.state(state, 3));
                whole.learn(3);
                resumed.learn(3);

                assertThat(resumed.explanation()).isEqualTo(whole.explanation());
                FoundTasks before = whole.find(sequence.tasks().get(1).test());
                FoundTasks after = resumed.find(sequence.tasks().get(1).test());
                assertThat(after.tasks()).isEqualTo(before.tasks());
                assertThat(after.probabilities()).isEqualTo(before.probabilities());
                assertThat(after.typicality()).isEqualTo(before.typicality());
            }
        }
    }

    @Test
    void anExampleIsFoundAsItIsFoundAlone() {
        try (Lanes lanes = Lanes.start(2);
                TaskFinder finder = taught(TaskChoice.DENSITY, SPLIT, lanes)) {
            Task task = SPLIT.tasks().get(1);
            FoundTasks all = finder.find(task.test());
            for (int row = 0; row < 20; row++) {
                FoundTasks one = finder.find(task.test().select(new int[] {row}, label -> label));
                assertThat(one.tasks()[0]).isEqualTo(all.tasks()[row]);
                assertThat(one.probabilities()[0]).isEqualTo(all.probabilities()[row]);
                assertThat(one.typicality()[0]).isEqualTo(all.typicality()[row]);
            }
        }
    }

    @Test
    void aTaskOfOneExampleIsRefused() {
        Task whole = SPLIT.tasks().get(0);
        Task one =
                new Task("alone", whole.classes(), whole.train().select(new int[] {0}, label -> label), whole.test());

        assertThatThrownBy(() -> TaskFinder.check(SPLIT.withTasks(ImmutableList.of(one))))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "inference.task: task alone has one training example, and a density of it needs two: give it more, or leave it out");
    }
}
