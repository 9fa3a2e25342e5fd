package sluice.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.evaluation.ForgettingMetric;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.UnitGroups;
import sluice.framework.network.GatedNetwork;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.gating.BinaryNeuron;
import sluice.gating.Estimators;
import sluice.gating.GateLayout;
import sluice.gating.Granularity;
import sluice.gating.Probe;
import sluice.gating.UnitSet;
import sluice.tasks.TaskSequence;

/** Units in groups of which one is open: between gates of units and gates of groups, and in training. */
class GroupedGatesTest {
    private static GateSettings grouped(String estimator, Granularity granularity, int groups) {
        return GateSettings.DEFAULT
                .withEstimator(Estimators.BY_NAME.get(estimator).estimator())
                .withGranularity(granularity)
                .withGroups(groups)
                .withSparsity(0);
    }

    @Property
    void marginsKeepWhatTheSoftmaxNeedsAndTheOneOpenGroup(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 9) int count, @ForAll @IntRange(max = 20) int more) {
        SplittableRandom random = new SplittableRandom(seed);
        UnitGroups groups = new UnitGroups(count + more, count);
        double[] logits = random.doubles(count, -3, 3).toArray();
        double[] byUnit = new double[count + more];

        groups.writeMargins(logits, byUnit);
        double[] back = groups.logits(byUnit);

        double largest = Arrays.stream(logits).max().orElseThrow();
        for (int g = 0; g < count; g++) {
            assertThat(back[g]).isCloseTo(logits[g] - largest, within(1e-12));
        }
        assertThat(Arrays.stream(byUnit).distinct().filter(margin -> margin > 0).count())
                .isEqualTo(1);
        double[] probabilities = groups.probabilities(byUnit, 1);
        assertThat(probabilities[indexOfLargest(byUnit)])
                .isEqualTo(Arrays.stream(probabilities).max().orElseThrow());
    }

    private static int indexOfLargest(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    @Property
    void unitsShareTheirGroupsGateAndTheirGradientsAddUp(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 5) int count, @ForAll @IntRange(max = 9) int more) {
        SplittableRandom random = new SplittableRandom(seed);
        int units = count + more;
        UnitGroups groups = new UnitGroups(units, count);
        Probe probe = new Probe(
                new GateLayout(
                        BinaryNeuron.STOCHASTIC_SIGMOID,
                        Granularity.PER_EXAMPLE,
                        count,
                        2,
                        count,
                        GateLayout.Logits.SHARED),
                false,
                Probe.Upstream.ALL);
        probe.rows(2);
        Arrays.setAll(probe.gates(), i -> random.nextDouble());
        double[] values = new double[2 * units];
        double[] upstream = random.doubles(2L * units).toArray();

        groups.spread(probe, values);
        groups.gather(upstream, probe);

        // the loss of a linear function of the units, moved along one gate at a time
        for (int gate = 0; gate < 2 * count; gate++) {
            double sum = 0;
            for (int entry = 0; entry < 2 * units; entry++) {
                sum += values[entry] == probe.gates()[gate] ? upstream[entry] : 0;
            }
            assertThat(probe.upstream()[gate]).isCloseTo(sum, within(1e-12));
        }
    }

    /** Those that serve groups. */
    static Stream<String> estimators() {
        return Stream.of(
                "gumbel-softmax",
                "st-gumbel-softmax",
                "gumbel-rao",
                "reinmax",
                "minimum-variance",
                "st-sigmoid",
                "unbiased",
                "centred",
                "leave-one-out",
                "arm",
                "disarm",
                "muprop",
                "rebar",
                "relax");
    }

    @ParameterizedTest
    @MethodSource("estimators")
    void groupsLearnSeparableTasksWithOneOpenPerLayer(String estimator) {
        for (Granularity granularity : Granularity.values()) {
            TaskSequence sequence = SmallTasks.sequence(2, 21);
            GatedNetwork network =
                    GatedNetwork.create(SmallTasks.FEATURES, List.of(23, 16), sequence.normalisation(), 4);
            TrainingSettings training = new TrainingSettings(40, 8, Optimizer.adam(0.01), Double.POSITIVE_INFINITY);

            ContinualResult result =
                    new ContinualTrainer(grouped(estimator, granularity, 4), training).train(network, sequence);

            assertThat(ForgettingMetric.ACC.of(result.matrix()).number().orElseThrow())
                    .as("%s", granularity)
                    .isGreaterThan(0.9);
            for (String task : sequence.names()) {
                assertThat(network.subnetwork(task).layers().get(0).size()).isBetween(5, 6);
                assertThat(network.subnetwork(task).layers().get(1).size()).isEqualTo(4);
            }
        }
    }

    @Property(tries = 60)
    void oldTasksKeepEveryBitWithGroups(@ForAll long seed, @ForAll Granularity granularity) {
        List<String> estimators = estimators().toList();
        String estimator = estimators.get(new SplittableRandom(seed).nextInt(estimators.size()));
        TaskSequence sequence = SmallTasks.sequence(3, seed);
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, List.of(9, 6), sequence.normalisation(), seed);
        ContinualTrainer trainer =
                new ContinualTrainer(grouped(estimator, granularity, 3), TrainingSettings.DEFAULT.withEpochs(2));

        List<float[]> logits = new ArrayList<>();
        List<String> digests = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            trainer.train(network, SmallTasks.only(sequence, t, t + 1));
            String task = sequence.names().get(t);
            logits.add(network.logits(task, sequence.tasks().get(t).test()));
            digests.add(network.digest(task));
        }

        for (int t = 0; t < 3; t++) {
            String task = sequence.names().get(t);
            assertThat(network.logits(task, sequence.tasks().get(t).test())).isEqualTo(logits.get(t));
            assertThat(network.digest(task)).isEqualTo(digests.get(t));
        }
    }

    @Test
    void unitsOutsideOfASetAreCountedPerGroup() {
        assertThat(new UnitGroups(7, 3).outside(UnitSet.positive(new double[] {1, 0, 1, 1, 0, 0, 0})))
                .containsExactly(1, 0, 3);
    }

    @Test
    void aLayerOfFewerUnitsThanGroupsIsRefused() {
        TaskSequence sequence = SmallTasks.sequence(1, 1);
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, List.of(3), sequence.normalisation(), 1);

        assertThatThrownBy(() -> new ContinualTrainer(
                                grouped("reinmax", Granularity.MINI_BATCH, 4), TrainingSettings.DEFAULT)
                        .train(network, sequence))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 units cannot lie in 4 groups");
    }
}
