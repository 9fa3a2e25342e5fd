package sluice.framework.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ForgettingMetric;
import sluice.evaluation.MetricValue;
import sluice.framework.ContinualResult;
import sluice.framework.ContinualTrainer;
import sluice.framework.Evaluation;
import sluice.framework.EveryEstimator;
import sluice.framework.SmallTasks;
import sluice.framework.gates.ConsolidatedTask;
import sluice.framework.gates.GateSettings;
import sluice.framework.layer.Layer;
import sluice.framework.layer.convolution.ConvolutionConnection;
import sluice.framework.layer.pooling.Pooling;
import sluice.framework.optimizer.EveryOptimizer;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.predict.internal.kernel.Padding;
import sluice.framework.predict.internal.kernel.PatchGrid;
import sluice.framework.result.TaskSummary;
import sluice.gating.BinaryNeuron;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.Estimators;
import sluice.gating.GateActivation;
import sluice.gating.GradientEstimator;
import sluice.gating.Granularity;
import sluice.tasks.Examples;
import sluice.tasks.TaskSequence;

/** Exact retention: what a finished task uses keeps every bit, whatever is learned afterwards and however. */
@Tag("slow")
@net.jqwik.api.Tag("slow")
class RetentionTest {
    @Provide
    Arbitrary<Optimizer> optimizers() {
        return Arbitraries.of(0.0, 0.01).flatMap(decay -> Arbitraries.of(EveryOptimizer.with(decay)));
    }

    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
    void logitsAndFrozenParametersOfOldTasksKeepEveryBit(
            @ForAll long seed,
            @ForAll("optimizers") Optimizer optimizer,
            @ForAll(supplier = EveryEstimator.class) GradientEstimator estimator,
            @ForAll Granularity granularity,
            @ForAll GateActivation activation,
            @ForAll boolean clip,
            @ForAll boolean convolutional,
            @ForAll boolean normalised) {
        GateSettings gates = EveryEstimator.served(gates(estimator, granularity, activation), estimator);
        TrainingSettings training = new TrainingSettings(2, 16, optimizer, clip ? 0.5 : Double.POSITIVE_INFINITY);
        TaskSequence sequence = SmallTasks.sequence(3, seed);
        NetworkShape shape = convolutional
                ? SmallTasks.convolutional(seed)
                : NetworkShape.dense(SmallTasks.FEATURES, randomWidths(seed));
        GatedNetwork network =
                GatedNetwork.create(SmallTasks.normalised(shape, normalised), sequence.normalisation(), seed);
        List<Snapshot> snapshots = new ArrayList<>();

        for (int t = 0; t < 3; t++) {
            new ContinualTrainer(gates, training).train(network, SmallTasks.only(sequence, t, t + 1));
            snapshots.add(Snapshot.of(network, sequence, t));
        }

        for (int t = 0; t < 3; t++) {
            assertThat(Snapshot.of(network, sequence, t)).isEqualTo(snapshots.get(t));
        }
        for (int t = 0; t < 2; t++) {
            snapshots.get(t).checkFrozenEntriesStandIn(network);
        }
    }

    private static List<Integer> randomWidths(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Integer> widths = new ArrayList<>();
        for (int layers = 1 + random.nextInt(3); layers > 0; layers--) {
            widths.add(2 + random.nextInt(9));
        }
        return widths;
    }

    private static GateSettings gates(GradientEstimator estimator, Granularity granularity, GateActivation activation) {
        GateSettings defaults = GateSettings.DEFAULT;
        return new GateSettings(
                estimator,
                new BinaryNeuron(activation, BinaryNeuron.Sampling.STOCHASTIC),
                granularity,
                1,
                1,
                defaults.slope(),
                defaults.sparsity(),
                0.1,
                0.5,
                defaults.logitLimit(),
                0.2,
                defaults.budget(),
                defaults.reuse(),
                Optional.empty());
    }

    /** All bits that belong to one task, and the weights of the whole network as they were. */
    private record Snapshot(
            List<Integer> logits,
            List<Integer> head,
            String subnetwork,
            String digest,
            ConsolidatedSubnetworks consolidated,
            List<Layer> layers) {
        static Snapshot of(GatedNetwork network, TaskSequence sequence, int t) {
            String name = sequence.names().get(t);
            ConsolidatedTask state = network.parts().state(name);
            List<Integer> head = bits(state.head().weights());
            head.addAll(bits(state.head().biases()));
            Examples test = sequence.tasks().get(t).test();
            List<Integer> logits = bits(network.fresh().logits(name, test));
            assertThat(bits(network.logits(name, test))).isEqualTo(logits);
            return new Snapshot(
                    logits,
                    head,
                    network.subnetwork(name).toString(),
                    network.digest(name),
                    network.consolidated(),
                    network.parts().layers().stream().map(Layer::copy).toList());
        }

        private static List<Integer> bits(float[] values) {
            List<Integer> bits = new ArrayList<>();
            for (float value : values) {
                bits.add(Float.floatToRawIntBits(value));
            }
            return bits;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Snapshot that
                    && logits.equals(that.logits)
                    && head.equals(that.head)
                    && subnetwork.equals(that.subnetwork)
                    && digest.equals(that.digest);
        }

        @Override
        public int hashCode() {
            return logits.hashCode();
        }

        void checkFrozenEntriesStandIn(GatedNetwork network) {
            for (int l = 0; l < layers.size(); l++) {
                Layer then = layers.get(l);
                Layer now = network.parts().layers().get(l);
                for (int j = 0; j < then.units(); j++) {
                    if (consolidated.biasFrozen(l, j)) {
                        assertThat(now.biases()[j]).isEqualTo(then.biases()[j]);
                    }
                    for (int i = 0; i < then.inputs(); i++) {
                        if (consolidated.weightFrozen(l, j, i / then.span())) {
                            int at = j * then.inputs() + i;
                            assertThat(Float.floatToRawIntBits(now.weights()[at]))
                                    .isEqualTo(Float.floatToRawIntBits(then.weights()[at]));
                        }
                    }
                }
            }
        }
    }

    @Test
    void forgettingAndBackwardTransferAreExactlyZero() {
        TaskSequence sequence = SmallTasks.sequence(4, 11);
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, List.of(12, 12), sequence.normalisation(), 1);

        AccuracyMatrix matrix = new ContinualTrainer().train(network, sequence).matrix();

        assertThat(ForgettingMetric.BWT.of(matrix)).isEqualTo(new MetricValue.Defined(0.0));
        for (int j = 1; j <= 4; j++) {
            for (int i = j; i <= 4; i++) {
                assertThat(matrix.cell(i, j)).isEqualTo(matrix.cell(j, j));
            }
        }
    }

    @Test
    void aWeightFromAFreeUnitIntoAUsedOneStillLearnsAndHarmsNoOldTask() {
        TaskSequence sequence = SmallTasks.sequence(2, 3);
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, List.of(10, 10), sequence.normalisation(), 3);
        GateSettings half =
                gates(Estimators.BY_NAME.get("st-sigmoid").estimator(), Granularity.MINI_BATCH, GateActivation.SIGMOID);
        ContinualTrainer trainer = new ContinualTrainer(half, TrainingSettings.DEFAULT);
        trainer.train(network, SmallTasks.only(sequence, 0, 1));
        ConsolidatedSubnetworks first = network.consolidated();
        Layer before = network.parts().layers().get(1).copy();

        trainer.train(network, SmallTasks.only(sequence, 1, 2));

        int moved = 0;
        for (int j : first.used(1).toArray()) {
            for (int i = 0; i < before.inputs(); i++) {
                int at = j * before.inputs() + i;
                if (!first.used(0).contains(i)
                        && before.weights()[at]
                                != network.parts().layers().get(1).weights()[at]) {
                    moved++;
                }
            }
        }
        assertThat(moved).isPositive();
    }

    @Test
    void aMovedFrozenWeightIsFound() {
        TaskSequence sequence = SmallTasks.sequence(1, 5);
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, List.of(8), sequence.normalisation(), 1);
        new ContinualTrainer().train(network, sequence);
        Retention retention = new Retention(network);
        retention.record(sequence.tasks().get(0));
        retention.verify();
        Layer layer = network.parts().layers().get(0);
        int unit = network.subnetwork("task 0").layers().get(0).toArray()[0];

        layer.weights()[unit * layer.inputs()] = Math.nextUp(layer.weights()[unit * layer.inputs()]);

        assertThatThrownBy(retention::verify)
                .isInstanceOf(RetentionException.class)
                .hasMessageContaining("task 0");
    }

    @Test
    void ofManyTasksSomeAreComputedEachTimeAndAllInTheEnd() {
        int tasks = Retention.TASKS_WITH_LARGE_SAMPLE + 4;
        TaskSequence sequence = SmallTasks.sequence(tasks, 5);
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, List.of(6), sequence.normalisation(), 5);
        ContinualResult result = new ContinualTrainer(
                        GateSettings.DEFAULT,
                        new TrainingSettings(1, 64, Optimizer.sgd(0.01), Double.POSITIVE_INFINITY),
                        1)
                .withEvaluation(Evaluation.ENDS)
                .train(network, sequence);

        List<Long> compared =
                result.tasks().stream().map(TaskSummary::unchanged).toList();

        long each = compared.get(1);
        for (int task = 1; task <= Retention.TASKS_WITH_LARGE_SAMPLE; task++) {
            assertThat(compared.get(task)).isEqualTo(each * task);
        }
        for (int task = Retention.TASKS_WITH_LARGE_SAMPLE + 1; task < tasks - 1; task++) {
            assertThat(compared.get(task)).isBetween(1L, each * Retention.TASKS_AT_ONCE);
        }
        assertThat(compared.get(tasks - 1)).isGreaterThan(each * Retention.TASKS_WITH_LARGE_SAMPLE);
    }

    @Test
    void aMovedNumberThatATaskHasForItselfIsFound() {
        TaskSequence sequence = SmallTasks.sequence(1, 5);
        GatedNetwork network = GatedNetwork.create(SmallTasks.dense(List.of(8), true), sequence.normalisation(), 1);
        new ContinualTrainer().train(network, sequence);
        Retention retention = new Retention(network);
        retention.record(sequence.tasks().get(0));
        retention.verify();
        for (float[] each : network.parts().state("task 0").own().get(0).values()) {
            float kept = each[0];

            each[0] = Math.nextUp(kept);

            assertThatThrownBy(retention::verify)
                    .isInstanceOf(RetentionException.class)
                    .hasMessageContaining("task 0");
            each[0] = kept;
        }
    }

    @Test
    void evaluationAndPredictionFreezeNothing() {
        TaskSequence sequence = SmallTasks.sequence(2, 5);
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, List.of(8), sequence.normalisation(), 1);
        new ContinualTrainer().train(network, SmallTasks.only(sequence, 0, 1));
        double occupancy = network.consolidated().occupancy(0);

        network.logits("task 0", sequence.tasks().get(1).test());

        assertThat(network.consolidated().occupancy(0)).isEqualTo(occupancy);
        assertThat(network.tasks()).containsExactly("task 0");
    }

    @Test
    void aTaskIsNotLearnedTwice() {
        TaskSequence sequence = SmallTasks.sequence(1, 5);
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, List.of(8), sequence.normalisation(), 1);
        new ContinualTrainer().train(network, sequence);

        assertThatThrownBy(() -> new ContinualTrainer().train(network, sequence))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "learned task task 0, and what a task uses is frozen: give more examples another task's name");
    }

    /** It is in the digests of saved models. */
    @Test
    void theGeometryOfAConvolutionIsDigestedByValuesThatNoRenamingChanges() {
        assertThat(new ConvolutionConnection(new PatchGrid(28, 27, 5, Padding.SAME), 2, Pooling.MAX).geometry())
                .isEqualTo("Convolution[grid=PatchGrid[height=28, width=27, kernel=5, padding=SAME], pool=2]");
        assertThat(new ConvolutionConnection(new PatchGrid(9, 8, 3, Padding.VALID), 3, Pooling.AVERAGE).geometry())
                .isEqualTo(
                        "Convolution[grid=PatchGrid[height=9, width=8, kernel=3, padding=VALID], pool=3, pooling=average]");
    }
}
