package sluice.framework;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sluice.framework.gates.GateSettings;
import sluice.framework.layer.Layer;
import sluice.framework.layer.convolution.Convolution;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.Growth;
import sluice.framework.network.NetworkShape;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.predict.internal.kernel.Padding;
import sluice.framework.result.InterimModel;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingListener;
import sluice.gating.GradientEstimator;
import sluice.tasks.Examples;
import sluice.tasks.Shape;
import sluice.tasks.TaskSequence;

/** Whoever asks a gated network between steps changes no bit of what comes of it, and finds earlier tasks as they were. */
@Tag("slow")
@net.jqwik.api.Tag("slow")
class InterimSubnetworkTest {
    private static final int TASKS = 3;
    private static final int TESTED = 30;

    /** Asks for every task, always, and keeps the answers by task. */
    private static final class Curious implements TrainingListener {
        final List<List<Integer>> correct = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        final List<List<float[][]>> features = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        final List<Long> steps = new ArrayList<>();
        int learning;

        @Override
        public void taskStarted(String task, int position, long steps) {
            learning = position;
        }

        @Override
        public void betweenSteps(long done, InterimModel model) {
            steps.add(done);
            for (int task = 0; task < learning; task++) {
                correct.get(task).add(model.ask(task, TESTED).correct());
                features.get(task).add(model.features(task, TESTED));
            }
        }
    }

    private static byte[] digest(GatedNetwork network) {
        return String.join(
                        "\n",
                        network.tasks().stream()
                                .map(task -> network.digest(task))
                                .toList())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void assertAskingChangesNothing(
            ContinualTrainer trainer, NetworkShape shape, TaskSequence sequence, long seed) {
        GatedNetwork silent = GatedNetwork.create(shape, sequence.normalisation(), seed);
        GatedNetwork asked = GatedNetwork.create(shape, sequence.normalisation(), seed);
        Curious curious = new Curious();

        ContinualResult expected = trainer.train(silent, sequence);
        ContinualResult actual = trainer.train(asked, sequence, curious);

        assertThat(actual.matrix()).isEqualTo(expected.matrix());
        assertThat(digest(asked)).isEqualTo(digest(silent));
        assertThat(actual.tasks())
                .extracting(TaskSummary::account)
                .isEqualTo(expected.tasks().stream().map(TaskSummary::account).toList());
        long moments = expected.tasks().get(0).steps() + 1;
        for (int task = 0; task < TASKS; task++) {
            List<Integer> answers = curious.correct.get(task);
            int learned =
                    expected.matrix().cell(task + 1, task + 1).orElseThrow().correct();
            assertThat(answers.subList((int) moments - 1, answers.size())).containsOnly(learned);
            assertThat(answers).hasSize((int) ((TASKS - task) * moments));
            List<float[][]> features = curious.features.get(task);
            assertThat(features.subList((int) moments - 1, features.size()))
                    .allSatisfy(later -> assertThat(later).isDeepEqualTo(features.get((int) moments - 1)));
        }
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void notOneBitIsOther(
            @ForAll long seed,
            @ForAll(supplier = EveryEstimator.class) GradientEstimator estimator,
            @ForAll boolean normalised) {
        ContinualTrainer trainer = new ContinualTrainer(
                EveryEstimator.served(GateSettings.DEFAULT.withEstimator(estimator), estimator),
                TrainingSettings.DEFAULT.withEpochs(3));
        NetworkShape dense = new NetworkShape(
                new Shape.Vector(SmallTasks.FEATURES), ImmutableList.of(new FullyConnected(9), new FullyConnected(7)));

        assertAskingChangesNothing(
                trainer, SmallTasks.normalised(dense, normalised), SmallTasks.sequence(TASKS, seed), seed);
    }

    @Property(tries = 20, edgeCases = EdgeCasesMode.NONE)
    void norIsItWithConvolutionsAndLayersThatGrow(@ForAll long seed, @ForAll boolean normalised) {
        ContinualTrainer trainer = new ContinualTrainer(GateSettings.DEFAULT, TrainingSettings.DEFAULT.withEpochs(3), 2)
                .withGrowth(Growth.AUTO);

        assertAskingChangesNothing(
                trainer,
                SmallTasks.normalised(SmallTasks.convolutional(seed), normalised),
                SmallTasks.sequence(TASKS, seed),
                seed);
    }

    @Test
    void aNetworkThatLearnedBeforeIsAskedForTheTasksOfThePresentSequence() {
        TaskSequence sequence = SmallTasks.sequence(TASKS, 4);
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, List.of(9, 7), sequence.normalisation(), 4);
        ContinualTrainer trainer = new ContinualTrainer(GateSettings.DEFAULT, TrainingSettings.DEFAULT.withEpochs(3));
        trainer.train(network, SmallTasks.only(sequence, 0, 1));
        Curious curious = new Curious();

        ContinualResult later = trainer.train(network, SmallTasks.only(sequence, 1, 3), curious);

        assertThat(curious.learning).isEqualTo(2);
        List<Integer> answers = curious.correct.get(1);
        assertThat(answers.get(answers.size() - 1))
                .isEqualTo(later.matrix().cell(2, 2).orElseThrow().correct());
    }

    @Test
    void featuresOfManyMapsAreTheMeansOfTheirPositions() {
        TaskSequence sequence = SmallTasks.sequence(1, 3);
        GatedNetwork network = GatedNetwork.create(
                new NetworkShape(new Shape.Image(2, 3), ImmutableList.of(new Convolution(300, 1, Padding.VALID, 1))),
                sequence.normalisation(),
                3);
        List<float[][]> found = new ArrayList<>();

        new ContinualTrainer(GateSettings.DEFAULT.withSparsity(0), TrainingSettings.DEFAULT.withEpochs(1))
                .train(network, sequence, new TrainingListener() {
                    @Override
                    public void betweenSteps(long steps, InterimModel model) {
                        if (steps == 0) {
                            found.add(model.features(0, 5));
                        }
                    }
                });

        Layer layer = GatedNetwork.create(
                        new NetworkShape(
                                new Shape.Image(2, 3), ImmutableList.of(new Convolution(300, 1, Padding.VALID, 1))),
                        sequence.normalisation(),
                        3)
                .parts()
                .layers()
                .get(0);
        Examples sample = InterimModel.spread(sequence.tasks().get(0).test(), 5);
        List<Float> means = new ArrayList<>();
        for (int unit = 0; unit < 300; unit++) {
            float sum = 0;
            for (float pixel : sample.row(0)) {
                sum += Math.max(0, layer.weights()[unit] * pixel + layer.biases()[unit]);
            }
            means.add(sum / SmallTasks.FEATURES);
        }
        assertThat(found.get(0)).hasNumberOfRows(5);
        assertThat(found.get(0)[0]).isNotEmpty();
        int unit = 0;
        for (float value : found.get(0)[0]) {
            while (unit < 300 && Math.abs(means.get(unit) - value) > 1e-5f) {
                unit++; // it is closed
            }
            assertThat(unit++).as("units in order, up to value %s", value).isLessThan(300);
        }
        assertThat(found.get(0)[0].length).as("more than are looked at at once").isGreaterThan(256);
    }

    @Test
    void examplesAreSpreadEvenlyOverAll() {
        Examples hundred = Examples.of(new float[100], 1, new int[100]);
        int[] labels = new int[100];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i;
        }
        Examples numbered = Examples.of(new float[100], 1, labels);

        assertThat(InterimModel.spread(numbered, 4).labels()).containsExactly(0, 25, 50, 75);
        assertThat(InterimModel.spread(numbered, 3).labels()).containsExactly(0, 33, 66);
        assertThat(InterimModel.spread(hundred, 101)).isSameAs(hundred);
    }
}
