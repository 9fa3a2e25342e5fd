package sluice.framework.discriminant;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.framework.ContinualTrainer;
import sluice.framework.Evaluation;
import sluice.framework.gates.GateSettings;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TrainingListener;
import sluice.tasks.ClassSplit;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.digits.Digits;

/** What the model says of an example is the same bits alone, in any batch, at any place, with any number of threads. */
class SameProbabilitiesTest {
    private static final DataSet DIGITS = Digits.draw(400, 300, 1);

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5})
    void ofImages(double subnetworks) {
        TaskSequence sequence = TaskSequence.split(DIGITS, Normalisation.UNIT_PIXELS, ClassSplit.consecutive(DIGITS, 5))
                .withScenario(Scenario.CLASS);
        check(model(sequence, subnetworks), sequence.tasks().get(0).test());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 40})
    void ofVectors(int features) {
        SplittableRandom random = new SplittableRandom(features);
        float[][] rows = new float[1300][features];
        int[] labels = new int[rows.length];
        for (int e = 0; e < rows.length; e++) {
            labels[e] = e % 2;
            for (int f = 0; f < features; f++) {
                rows[e][f] = (float) (random.nextGaussian() + labels[e]);
            }
        }
        Task task = Task.of("clouds", rows, labels, rows, labels);
        TaskSequence sequence =
                TaskSequence.of("clouds", Normalisation.NONE, task).withScenario(Scenario.CLASS);
        check(model(sequence, 0), task.test());
    }

    private static DiscriminantModel model(TaskSequence sequence, double subnetworks) {
        ContinualTrainer trainer =
                new ContinualTrainer(GateSettings.DEFAULT, TrainingSettings.DEFAULT.withEpochs(1), 1);
        return (DiscriminantModel) new DiscriminantTrainer(
                        new InferenceSettings(180, 0.001, 0, subnetworks),
                        GateSettings.DEFAULT,
                        1,
                        1,
                        Evaluation.ENDS,
                        subnetworks > 0
                                ? Optional.of(new SubnetworkTrainer(trainer, ImmutableList.of(new FullyConnected(60))))
                                : Optional.empty())
                .train(sequence, "gates", TrainingListener.SILENT)
                .model();
    }

    private static void check(DiscriminantModel model, Examples examples) {
        int[] all = new int[examples.size()];
        Arrays.setAll(all, e -> e);
        double[][] together = probabilities(model, examples.select(all, label -> label), 1);

        Arrays.setAll(all, e -> all.length - 1 - e);
        double[][] turned = probabilities(model, examples.select(all, label -> label), 1);
        double[][] shared = probabilities(model, examples, 3);

        for (int e = 0; e < together.length; e++) {
            assertThat(turned[together.length - 1 - e]).isEqualTo(together[e]);
            assertThat(shared[e]).isEqualTo(together[e]);
        }
        for (int e = 0; e < together.length; e += 41) {
            float[] row = new float[examples.features()];
            examples.read(e, row);
            assertThat(model.probabilities(new float[][] {row})[0]).isEqualTo(together[e]);
        }
    }

    private static double[][] probabilities(DiscriminantModel model, Examples examples, int threads) {
        double[][] found = new double[examples.size()][];
        try (Lanes lanes = Lanes.start(threads)) {
            model.forEach(
                    examples, lanes, FeatureUse.ANSWERS, (example, ofOutputs) -> found[example] = ofOutputs.clone());
        }
        return found;
    }
}
