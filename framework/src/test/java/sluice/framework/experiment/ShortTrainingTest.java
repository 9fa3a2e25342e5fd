package sluice.framework.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.tasks.Normalisation;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.TaskSequenceScript;

class ShortTrainingTest {
    private static RunPlan plan(String... settings) {
        return ScriptPlan.of((TaskSequenceScript) ScriptReader.named("split-digits", List.of(settings)));
    }

    private static TaskSequence tasks(int... sizes) {
        Task[] tasks = new Task[sizes.length];
        for (int t = 0; t < sizes.length; t++) {
            float[][] rows = new float[sizes[t]][1];
            int[] labels = new int[sizes[t]];
            tasks[t] = Task.of("t" + t, rows, labels, rows, labels);
        }
        return TaskSequence.of("small", Normalisation.NONE, tasks);
    }

    @ParameterizedTest
    @CsvSource({"40, true", "49, true", "50, false", "300, false"})
    void stepsThatTheScriptCountsNeedNoData(int iterations, boolean few) {
        List<Surprise> warnings = ShortTraining.warnings(plan("training={iterations: %d}".formatted(iterations)))
                .toList();

        assertThat(warnings).hasSize(few ? 1 : 0);
        assertThat(warnings)
                .allMatch(
                        warning -> warning.key().equals("training.iterations")
                                && warning.message()
                                        .equals(
                                                iterations
                                                        + " steps for each task are far too few: weights hardly move from where they were drawn, and gates cannot decide; some hundred are usual, for which write 300"));
    }

    @Test
    void epochsCountAsTheStepsThatTheDataMakeOfThem() {
        // forty steps in all
        assertThat(ShortTraining.warnings(plan("training.epochs=4", "strategy=ewc"), tasks(128, 128, 128, 128, 100)))
                .containsExactly(
                        new Surprise(
                                "training.epochs",
                                "8 steps for each task are far too few: weights hardly move from where they were drawn; some hundred are usual, for which write 150"));
        assertThat(ShortTraining.warnings(plan("training.epochs=4"), tasks(64, 6400)))
                .singleElement()
                .extracting(Surprise::message)
                .asString()
                .startsWith("4 steps for task t0 are far too few");
        assertThat(ShortTraining.warnings(plan("training.epochs=25"), tasks(128, 128)))
                .isEmpty();
    }

    @Test
    void jointTrainingIsAsLongAsThatOfAllTasks() {
        assertThat(ShortTraining.warnings(plan("strategy=joint", "training.epochs=10"), tasks(128, 128)))
                .singleElement()
                .extracting(Surprise::message)
                .asString()
                .startsWith("40 steps for all tasks together are");
        assertThat(ShortTraining.warnings(plan("strategy=joint", "training.epochs=20"), tasks(128, 128)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"class", "domain"})
    void whatTakesSumsInOnePassIsNotTooShort(String scenario) {
        assertThat(ShortTraining.warnings(plan("scenario=" + scenario, "training={iterations: 1}")))
                .isEmpty();
        assertThat(ShortTraining.warnings(plan("scenario=" + scenario, "training.epochs=1"), tasks(10, 10)))
                .isEmpty();
    }
}
