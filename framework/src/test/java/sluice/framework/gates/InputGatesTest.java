package sluice.framework.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.evaluation.MetricValue;
import sluice.framework.ContinualResult;
import sluice.framework.ContinualTrainer;
import sluice.framework.SmallTasks;
import sluice.framework.conditional.GaterTarget;
import sluice.framework.conditional.Pooling;
import sluice.framework.conditional.TaskGaters;
import sluice.framework.layer.Layer;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.Growth;
import sluice.framework.network.NetworkExits;
import sluice.framework.network.NetworkShape;
import sluice.framework.optimizer.Sgd;
import sluice.framework.optimizer.TrainingSettings;
import sluice.gating.Progress;
import sluice.gating.StraightThrough;
import sluice.gating.UnitSet;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.Shape;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** Gates of a task that hang on the example. */
class InputGatesTest {
    private static final InputGates HALF = new InputGates(ImmutableList.of(3), 1, 0.5, new GaterTarget.Budget(), 5);
    private static final GateSettings SETTINGS =
            GateSettings.DEFAULT.withEstimator(StraightThrough.DERIVATIVE).withGater(HALF);

    @TempDir
    private Path folder;

    private static ContinualResult learn(GatedNetwork network, TaskSequence sequence, GateSettings settings) {
        return new ContinualTrainer(settings, TrainingSettings.DEFAULT.withEpochs(20), 1).train(network, sequence);
    }

    private static GatedNetwork network(TaskSequence sequence, int form, long seed) {
        NetworkShape shape =
                form < 2 ? SmallTasks.dense(ImmutableList.of(9, 8), form == 1) : SmallTasks.convolutional(seed);
        return GatedNetwork.create(shape, sequence.normalisation(), seed);
    }

    private static TaskSequence sequence(int form, long seed) {
        TaskSequence plain = SmallTasks.sequence(3, seed);
        return form < 2 ? plain : plain.withShape(new Shape.Image(2, 3));
    }

    @Property(tries = 12, edgeCases = EdgeCasesMode.NONE)
    void laterTasksGrowthAndOtherExamplesBesideItMoveNoBit(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 2) int form) {
        TaskSequence sequence = sequence(form, seed);
        GatedNetwork network = network(sequence, form, seed);
        learn(network, SmallTasks.only(sequence, 0, 1).withShape(sequence.shape()), SETTINGS);
        Examples test = sequence.tasks().get(0).test();
        String first = sequence.tasks().get(0).name();
        float[] before = network.logits(first, test);
        long[] taken = NetworkExits.subnetwork(network, first).say(test).multiplyAdds();

        new ContinualTrainer(SETTINGS, TrainingSettings.DEFAULT.withEpochs(10), 1)
                .withGrowth(new Growth.Share(0.5, 0.5))
                .train(network, SmallTasks.only(sequence, 1, 3).withShape(sequence.shape()));

        assertThat(network.logits(first, test)).isEqualTo(before);
        assertThat(NetworkExits.subnetwork(network, first).say(test).multiplyAdds())
                .isEqualTo(taken);
        int classes = network.classes(first).size();
        for (int i = 0; i < test.size(); i += 7) {
            float[] alone = network.logits(first, test.select(new int[] {i}, label -> label));
            assertThat(alone).isEqualTo(Arrays.copyOfRange(before, i * classes, (i + 1) * classes));
        }
    }

    @Test
    void anAnswerIsThatOfOpenUnitsAloneAndTakesWhatTheyCost() {
        TaskSequence sequence = sequence(0, 4);
        GatedNetwork network = network(sequence, 0, 4);
        learn(network, sequence, SETTINGS);
        for (Task task : sequence.tasks()) {
            ConsolidatedTask state = network.parts().state(task.name());
            TaskGaters gaters = state.gaters().orElseThrow();
            float[] logits = network.logits(task.name(), task.test());
            long[] taken = NetworkExits.subnetwork(network, task.name())
                    .say(task.test())
                    .multiplyAdds();
            float[] features = new float[SmallTasks.FEATURES];
            int[] units = network.subnetwork(task.name()).layers().stream()
                    .mapToInt(UnitSet::size)
                    .toArray();
            for (int i = 0; i < task.test().size(); i++) {
                task.test().read(i, features);
                network.normalisation().apply(features);
                int[][] open = gaters.open(features);
                double[] naive = naive(network, task.name(), state, features, open);
                for (int c = 0; c < naive.length; c++) {
                    assertThat((double) logits[i * naive.length + c]).isCloseTo(naive[c], within(1e-4));
                }
                long ofGaters = 2L * SmallTasks.FEATURES * 3 + 3L * units[0] + 3L * units[1];
                assertThat(taken[i])
                        .isEqualTo(ofGaters
                                + (long) SmallTasks.FEATURES * open[0].length
                                + (long) open[0].length * open[1].length
                                + (long) open[1].length * naive.length);
            }
        }
    }

    /** Every unit of the network one by one, those that are closed for the example left at 0. */
    private static double[] naive(
            GatedNetwork network, String task, ConsolidatedTask state, float[] features, int[][] open) {
        double[] below = new double[features.length];
        Arrays.setAll(below, i -> features[i]);
        for (int l = 0; l < 2; l++) {
            Layer layer = network.parts().layers().get(l);
            int[] ofTask = network.subnetwork(task).layers().get(l).toArray();
            double[] values = new double[layer.units()];
            for (int k : open[l]) {
                double sum = layer.biases()[ofTask[k]];
                for (int i = 0; i < below.length; i++) {
                    sum += layer.weights()[ofTask[k] * layer.inputs() + i] * below[i];
                }
                values[ofTask[k]] = Math.max(0, sum);
            }
            below = values;
        }
        int[] last = network.subnetwork(task).layers().get(1).toArray();
        double[] logits = new double[state.head().units()];
        for (int c = 0; c < logits.length; c++) {
            logits[c] = state.head().biases()[c];
            for (int k = 0; k < last.length; k++) {
                logits[c] += state.head().weights()[c * last.length + k] * below[last[k]];
            }
        }
        return logits;
    }

    @Test
    void theyHangOnTheExampleAndKeepToTheirShare() {
        TaskSequence sequence = sequence(0, 2);
        GatedNetwork network = network(sequence, 0, 2);
        ContinualResult result = learn(network, SmallTasks.only(sequence, 0, 1), SETTINGS);

        assertThat(result.work().gates()).hasSize(1);
        assertThat(result.work().gates().get(0))
                .hasSize(2)
                .anySatisfy(layer -> assertThat(layer.varying()).isPositive());
        int open = 0;
        TaskGaters gaters =
                network.parts().state(sequence.tasks().get(0).name()).gaters().orElseThrow();
        Examples train = sequence.tasks().get(0).train();
        float[] features = new float[SmallTasks.FEATURES];
        for (int i = 0; i < train.size(); i++) {
            train.read(i, features);
            sequence.normalisation().apply(features);
            open += gaters.open(features)[0].length;
        }
        assertThat((double) open / train.size() / 9).isCloseTo(0.5, within(0.02));
        assertThat(result.figures().get("macs_prediction")).isInstanceOf(MetricValue.Defined.class);
        assertThat(result.gateShares()).isNotEmpty();
    }

    @Test
    void theyAreSavedAndLoadedBitForBit() {
        TaskSequence sequence = sequence(2, 3);
        GatedNetwork network = network(sequence, 2, 3);
        learn(network, sequence, SETTINGS);
        Path file = folder.resolve("model.sluice");
        Path again = folder.resolve("again.sluice");
        network.save(file);
        try (GatedNetwork loaded = GatedNetwork.load(file)) {
            loaded.save(again);
            assertThat(again).hasSameBinaryContentAs(file);
            for (Task task : sequence.tasks()) {
                assertThat(loaded.logits(task.name(), task.test())).isEqualTo(network.logits(task.name(), task.test()));
                assertThat(loaded.digest(task.name())).isEqualTo(network.digest(task.name()));
            }
            loaded.remove("task 0");
            assertThat(loaded.logits("task 2", sequence.tasks().get(2).test()))
                    .isEqualTo(network.logits("task 2", sequence.tasks().get(2).test()));
        }
    }

    @Test
    void unitsThatATaskMayNotReuseStayClosed() {
        TaskSequence sequence = sequence(0, 6);
        GatedNetwork network =
                GatedNetwork.create(SmallTasks.dense(ImmutableList.of(40, 40), false), sequence.normalisation(), 6);
        learn(network, sequence, SETTINGS.withReuse(Reuse.FORBIDDEN));

        for (int l = 0; l < 2; l++) {
            UnitSet first = network.subnetwork("task 0").layers().get(l);
            UnitSet second = network.subnetwork("task 1").layers().get(l);
            assertThat(first.size()).isPositive();
            assertThat(second.size()).isPositive();
            assertThat(first.intersection(second).size()).isZero();
        }
    }

    /** With a straight-through gradient of 1 the gater is a linear map that learns from the gradient at its gates. */
    @Test
    void theGradientAtGatesReachesTheGater() {
        int units = 4;
        int rows = 5;
        SplittableRandom random = new SplittableRandom(1);
        float[][] values = new float[rows][SmallTasks.FEATURES];
        for (float[] row : values) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) random.nextDouble(-1, 1);
            }
        }
        Examples examples = Examples.of(values, new int[rows]);
        InputGates affine = new InputGates(ImmutableList.of(), 1, 1, new GaterTarget.Budget(), 1);
        GateSettings settings =
                GateSettings.DEFAULT.withEstimator(StraightThrough.IDENTITY).withGater(affine);
        LookedAt looked = new LookedAt(
                new Pooling(new Shape.Vector(SmallTasks.FEATURES), 1),
                (row, into) -> examples.read(row, into),
                examples,
                Normalisation.NONE);
        double[] logits = {0.3, -0.2, 0.1, 0.4};
        InputGateTraining gates = new InputGateTraining(
                settings, looked, logits, UnitSet.none(units), rows, new Sgd(0.5, 0, 0), new SplittableRandom(2));
        float[] before = map(gates);
        gates.draw(Progress.START, rows);
        double[] upstream = gates.upstream(0);
        for (int i = 0; i < upstream.length; i++) {
            upstream[i] = random.nextDouble(-1, 1);
        }
        double[] told = upstream.clone();
        gates.update(1, 1);
        float[] after = map(gates);

        for (int i = 0; i <= SmallTasks.FEATURES; i++) {
            for (int u = 0; u < units; u++) {
                double gradient = 0;
                for (int r = 0; r < rows; r++) {
                    gradient += told[r * units + u] * (i < SmallTasks.FEATURES ? values[r][i] : 1);
                }
                assertThat((double) after[i * units + u])
                        .isCloseTo(before[i * units + u] - 0.5 * gradient, within(1e-5));
            }
        }
        gates.close();
    }

    private static float[] map(InputGateTraining gates) {
        gates.writeBack();
        return gates.gater().maps().get(0).clone();
    }

    @Test
    void whatCannotServeIsRefused() {
        assertThatThrownBy(() -> GateSettings.DEFAULT
                        .withEstimator(sluice.gating.Estimators.BY_NAME
                                .get("noisy-rectifier")
                                .estimator())
                        .withGater(HALF))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gates of estimator noisy-rectifier are not 0 and 1");
        assertThatThrownBy(() -> SETTINGS.withGroups(2)).hasMessageContaining("a gater has a share of its own");
        assertThatThrownBy(() -> new InputGates(ImmutableList.of(), 1, 0, new GaterTarget.Budget(), 1))
                .hasMessageContaining("open must be in (0, 1]");
        assertThat(new InputGates(ImmutableList.of(), 2, 1, new GaterTarget.Budget(), 1)
                        .misfit(new Shape.Vector(6))
                        .orElseThrow())
                .contains("examples are no images");
    }
}
