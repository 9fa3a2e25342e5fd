package sluice.framework.conditional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.framework.SmallTasks;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingDuration;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.DivergedException;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingListener;
import sluice.gating.Schedule;
import sluice.tasks.Examples;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

class ExitModelTest {
    private static final TaskSequence CLOUDS = SmallTasks.sequence(1, 9);
    private static final Examples TEST = CLOUDS.tasks().get(0).test();
    private static final TrainingSettings SETTINGS =
            new TrainingSettings(12, 8, Optimizer.adam(0.02), Double.POSITIVE_INFINITY);
    private static final ImmutableList<ExitLayer> LAYERS = ImmutableList.of(
            new ExitLayer(3, 0.1, View.BELOW, true),
            new ExitLayer(5, 0.1, new View(View.Sees.BOTH, 1, 0), true),
            new ExitLayer(4, 0.1, View.BELOW, true),
            new ExitLayer(9, 0.1, View.INPUT, false),
            new ExitLayer(7, 0.1, View.BELOW, false));

    private static ExitTrainer trainer(long budget) {
        return new ExitTrainer(LAYERS, 0.1, 0.25, budget, SETTINGS);
    }

    private static ExitResult train(long seed) {
        return trainer(ExitTrainer.NO_BUDGET).train(CLOUDS, seed, TrainingListener.SILENT);
    }

    @Test
    void costsAreThoseOfAHandCount() {
        ExitShape shape = trainer(ExitTrainer.NO_BUDGET).shape(CLOUDS);
        int features = CLOUDS.features();
        int classes = shape.classes();
        long first = features * 3L + 3L * classes;
        long second = first + (features + 3) * 5L + 5L * classes;
        long third = second + 5 * 4L + 4L * classes;
        long whole = third + features * 9L + 9 * 7L + 7L * classes;

        assertThat(IntStream.range(0, shape.exits()).mapToLong(shape::multiplyAdds))
                .containsExactly(first, second, third, whole);
    }

    @Test
    void everyExitLearns() {
        ExitResult result = train(1);

        assertThat(result.curve().alone()).allSatisfy(share -> assertThat(share).isGreaterThan(0.85));
        assertThat(result.matrix().cell(1, 1).orElseThrow().accuracy()).isGreaterThan(0.9);
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        ExitModel one = train(3).model();
        ExitModel other = train(3).model();

        for (int p = 0; p < one.parameters().size(); p++) {
            for (int m = 0; m < one.parameters().get(p).size(); m++) {
                assertThat(one.parameters().get(p).get(m))
                        .containsExactly(other.parameters().get(p).get(m));
            }
        }
        assertThat(one.rules()).isEqualTo(other.rules());
        assertThat(one.trusts()).isEqualTo(other.trusts());
    }

    @Test
    void anExampleIsAnsweredAloneAsItIsAmongOthersThatStopElsewhere() {
        ExitModel model = train(1).model();
        float[][] margins = ExitTable.of(model, TEST).margins();
        ExitRule rule = new ExitRule(ImmutableList.of(median(margins[0]), median(margins[1]), median(margins[2])));
        ExitAnswers together = model.answer(TEST, rule);

        assertThat(IntStream.of(together.exits()).distinct().count()).isGreaterThan(1);
        for (int i = 0; i < TEST.size(); i++) {
            ExitAnswers alone = model.answer(TEST.select(new int[] {i}, label -> label), rule);
            assertThat(alone.exits()[0]).isEqualTo(together.exits()[i]);
            assertThat(alone.classes()[0]).isEqualTo(together.classes()[i]);
        }
    }

    private static double median(float[] margins) {
        float[] sorted = margins.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return (sorted[half] + sorted[half + 1]) / 2.0;
    }

    @Test
    void aRuleThatLetsNobodyOnAnswersByTheLowestHead() {
        ExitModel model = train(1).model();

        ExitAnswers answers = model.answer(TEST, new ExitRule(ImmutableList.of(0.0, 0.0, 0.0)));

        assertThat(answers.exits()).containsOnly(0);
        long right = IntStream.range(0, TEST.size())
                .filter(i -> answers.classes()[i] == TEST.label(i))
                .count();
        assertThat((double) right / TEST.size())
                .isEqualTo(train(1).curve().alone().get(0));
    }

    @Test
    void rulesThatSpendMoreAreRightMoreOftenOnWhatTheyWereChosenBy() {
        ExitModel model = train(2).model();
        Task task = CLOUDS.tasks().get(0);
        Examples heldOut = task.train()
                .select(trainer(ExitTrainer.NO_BUDGET).heldOut(task, 2).stream().toArray(), label -> label);
        ExitTable table = ExitTable.of(model, heldOut);
        double loss = Double.POSITIVE_INFINITY;
        for (Map.Entry<Long, ExitRule> rule : model.rules().entrySet()) {
            ExitTable.Outcome outcome = table.under(rule.getValue().thresholds().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray());
            assertThat(outcome.multiplyAdds()).isLessThanOrEqualTo(rule.getKey());
            assertThat(outcome.loss()).isLessThan(loss);
            loss = outcome.loss();
        }
        assertThat(model.rules().firstKey()).isEqualTo(model.shape().multiplyAdds(0));
    }

    @Test
    void aBudgetIsKept() {
        ExitModel model = train(1).model();
        long first = model.shape().multiplyAdds(0);

        assertThat(model.within(first)).isEqualTo(model.rules().firstEntry().getValue());
        assertThat(model.within(Long.MAX_VALUE))
                .isEqualTo(model.rules().lastEntry().getValue());
        assertThatThrownBy(() -> model.within(first - 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("below the " + first);
        assertThatThrownBy(() -> trainer(first - 1).train(CLOUDS, 1, TrainingListener.SILENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("below the " + first);
    }

    @Test
    void whatIsHeldOutHasItsShareOfEachClass() {
        Task task = CLOUDS.tasks().get(0);
        BitSet held = trainer(ExitTrainer.NO_BUDGET).heldOut(task, 5);

        for (int output = 0; output < 2; output++) {
            int label = output;
            assertThat(held.stream().filter(i -> task.train().label(i) == label))
                    .hasSize(6);
        }
    }

    @Test
    void whatATrainingTakesIsKnownBeforehand() {
        ExitTrainer trainer = trainer(ExitTrainer.NO_BUDGET);
        ExitTrainer.Work work = trainer.work(CLOUDS, 1);
        TaskSummary learned = train(1).task();

        assertThat(work.examples()).isEqualTo(36);
        assertThat(work.steps()).isEqualTo(learned.steps());
        assertThat(work.total().total()).isEqualTo(learned.multiplyAdds());
        // 6 x 3, (6 + 3) x 5, 5 x 4, 6 x 9 and 9 x 7 weights, heads of 2 over 3, 5, 4 and 7 units, and a bias per unit
        assertThat(work.parameters())
                .isEqualTo(6 * 3 + 9 * 5 + 5 * 4 + 6 * 9 + 9 * 7 + 2 * (3 + 5 + 4 + 7) + 3 + 5 + 4 + 9 + 7 + 4 * 2);
    }

    @Test
    void aSavedModelAnswersAsItDidAndEqualModelsGiveEqualBytes(@TempDir Path folder) throws IOException {
        ExitModel model = train(1).model().annotated("settings", "{}");
        Path file = folder.resolve("model.sluice");
        model.save(file);
        train(1).model().annotated("settings", "{}").save(folder.resolve("again.sluice"));

        ExitModel loaded = ExitModel.load(file);

        assertThat(file).hasSameBinaryContentAs(folder.resolve("again.sluice"));
        assertThat(loaded.rules()).isEqualTo(model.rules());
        assertThat(loaded.classNames()).containsExactly("3", "8");
        assertThat(loaded.provenance()).containsEntry("settings", "{}");
        ExitRule rule = model.rules().lastEntry().getValue();
        assertThat(loaded.answer(TEST, rule).probabilities())
                .containsExactly(model.answer(TEST, rule).probabilities());
    }

    @Test
    void severalThreadsMayAskAtOnce() {
        ExitModel model = train(1).model();
        ExitRule rule = model.rules().lastEntry().getValue();
        float[] expected = model.answer(TEST, rule).probabilities();

        assertThat(IntStream.range(0, 200)
                        .parallel()
                        .mapToObj(i -> model.answer(TEST, rule).probabilities()))
                .allSatisfy(probabilities -> assertThat(probabilities).containsExactly(expected));
    }

    @Test
    void lossesThatEndInNoNumberAreToldOf() {
        TrainingSettings wild = new TrainingSettings(
                new TrainingDuration.Iterations(1),
                8,
                Optimizer.sgd(1e38),
                Double.POSITIVE_INFINITY,
                new Schedule.Constant(1));
        ExitTrainer trainer = new ExitTrainer(LAYERS, 0.1, 0.25, ExitTrainer.NO_BUDGET, wild);

        assertThatThrownBy(() -> trainer.train(CLOUDS, 1, TrainingListener.SILENT))
                .isInstanceOf(DivergedException.class);
    }

    @Test
    void severalTasksAreRefused() {
        assertThatThrownBy(() ->
                        trainer(ExitTrainer.NO_BUDGET).train(SmallTasks.sequence(2, 9), 1, TrainingListener.SILENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("learns one task");
    }

    @Test
    void layersThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> ExitShape.checkLayers(ImmutableList.of(new ExitLayer(3, 0, View.BELOW, true))))
                .hasMessageContaining("the highest layer cannot have an exit");
        assertThatThrownBy(() -> ExitShape.checkLayers(ImmutableList.of(
                        new ExitLayer(3, 0, View.BELOW, false), new ExitLayer(3, 0, View.INPUT, false))))
                .hasMessageContaining("layer 2 sees the example");
    }
}
