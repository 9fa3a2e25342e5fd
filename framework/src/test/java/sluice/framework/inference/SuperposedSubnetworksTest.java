package sluice.framework.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import sluice.framework.gates.ConsolidatedTask;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.layer.Layer;
import sluice.framework.layer.TaskParameters;
import sluice.framework.network.GatedNetwork;
import sluice.gating.Subnetwork;
import sluice.gating.UnitSet;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/** The slopes against differences of the entropy, the corners against the subnetworks themselves, and the task that halving leaves. */
class SuperposedSubnetworksTest {
    private static final int INPUTS = 6;

    private static final double STEP = 1e-6;

    /** Tasks of random units and heads; every second has other labels. */
    private static GatedNetwork network(RandomGenerator random, int tasks, List<Integer> hidden) {
        GatedNetwork network =
                GatedNetwork.create(INPUTS, hidden, new Normalisation(0.1f, 0.9f), random.nextLong(1 << 20));
        for (Layer layer : network.parts().layers()) {
            for (int unit = 0; unit < layer.units(); unit++) {
                layer.biases()[unit] = random.nextFloat() - 0.5f;
            }
        }
        for (int t = 0; t < tasks; t++) {
            Subnetwork open = new Subnetwork(
                    hidden.stream().map(units -> some(units, random)).collect(ImmutableList.toImmutableList()));
            ImmutableList<Integer> classes = t % 2 == 0 ? ImmutableList.of(3, 5, 8) : ImmutableList.of(5, 1);
            Layer head = Layer.heUniform(
                    classes.size(),
                    open.layers().get(hidden.size() - 1).size(),
                    network.parts().headConnection(),
                    random);
            network.parts()
                    .consolidate(
                            new ConsolidatedTask(
                                    "task-" + t,
                                    classes,
                                    head,
                                    hidden.stream()
                                            .map(units -> new ConsolidatedTask.GateCount(units, 0))
                                            .collect(ImmutableList.toImmutableList()),
                                    hidden.stream()
                                            .map(units -> TaskParameters.NONE)
                                            .collect(ImmutableList.toImmutableList()),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty()),
                            open);
        }
        return network;
    }

    private static UnitSet some(int units, RandomGenerator random) {
        BitSet open = new BitSet(units);
        open.set(random.nextInt(units));
        for (int unit = 0; unit < units; unit++) {
            if (random.nextBoolean()) {
                open.set(unit);
            }
        }
        return UnitSet.of(units, open);
    }

    private static float[] row(RandomGenerator random) {
        float[] row = new float[INPUTS];
        for (int i = 0; i < INPUTS; i++) {
            row[i] = random.nextInt(4) == 0 ? 0 : 4 * random.nextFloat() - 2;
        }
        return row;
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void slopesAreDerivativesOfTheEntropy(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5) int tasks,
            @ForAll @IntRange(min = 1, max = 3) int depth) {
        RandomGenerator random = new SplittableRandom(seed);
        List<Integer> hidden =
                IntStream.range(0, depth).mapToObj(l -> 2 + random.nextInt(9)).toList();
        float[] row = row(random);
        double[] shares = random.doubles(tasks, 0.05, 1).toArray();
        try (GatedNetwork network = network(random, tasks, hidden)) {
            SuperposedSubnetworks superposed = SuperposedSubnetworks.of(network, tasks);

            double[] slopes = superposed.at(row, shares).slopes();

            for (int task = 0; task < tasks; task++) {
                double[] more = shares.clone();
                double[] less = shares.clone();
                more[task] += STEP;
                less[task] -= STEP;
                double rise = superposed.at(row, more).entropy()
                        - superposed.at(row, less).entropy();
                assertThat(slopes[task]).isCloseTo(rise / (2 * STEP), within(1e-4));
            }
        }
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void aShareOfOneIsTheTasksOwnSubnetwork(@ForAll long seed, @ForAll @IntRange(max = 1) int task) {
        RandomGenerator random = new SplittableRandom(seed);
        float[] row = row(random);
        try (GatedNetwork network = network(random, 3, ImmutableList.of(7, 5))) {
            double[] shares = new double[3];
            shares[2 * task] = 1;

            double entropy =
                    SuperposedSubnetworks.of(network, 3).at(row, shares).entropy();

            // outputs of the other labels take part with a logit of 0
            double[] sums = new double[4];
            float[] logits = network.logits("task-" + 2 * task, Examples.of(new float[][] {row}, new int[1]));
            IntStream.range(0, 3).forEach(c -> sums[c] = logits[c]);
            double all = Arrays.stream(sums).map(Math::exp).sum();
            assertThat(entropy)
                    .isCloseTo(
                            -Arrays.stream(sums)
                                    .map(sum -> Math.exp(sum) / all * (sum - Math.log(all)))
                                    .sum(),
                            within(1e-5));
        }
    }

    @Test
    void halvingLeavesTheTaskWhoseShareLowersTheEntropyMostWhateverTheLanes() {
        RandomGenerator random = new SplittableRandom(5);
        float[][] rows = IntStream.range(0, 40).mapToObj(i -> row(random)).toArray(float[][]::new);
        try (GatedNetwork network = network(random, 2, ImmutableList.of(9, 6));
                Lanes one = Lanes.startSharing(1);
                Lanes three = Lanes.startSharing(3)) {
            SuperposedSubnetworks superposed = SuperposedSubnetworks.of(network, 2);
            Examples examples = Examples.of(rows, new int[rows.length]);

            int[] found = superposed.find(examples, one);

            int[] expected = Arrays.stream(rows)
                    .map(row -> superposed.at(row, new double[] {0.5, 0.5}).slopes())
                    .mapToInt(slopes -> slopes[0] <= slopes[1] ? 0 : 1)
                    .toArray();
            assertThat(found).isEqualTo(expected).contains(0, 1);
            assertThat(superposed.find(examples, three)).isEqualTo(found);
        }
    }
}
