package sluice.framework.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.framework.ContinualTrainer;
import sluice.framework.Evaluation;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.discriminant.InferenceSettings;
import sluice.framework.discriminant.TaskChoice;
import sluice.framework.gates.GateSettings;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.state.Snapshot;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.Growth;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TrainingListener;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** Tasks whose features differ in nothing but in how they hang together, and the density against one of a whole covariance. */
class LowRankDensityTest {
    private static final int FEATURES = 8;

    @TempDir
    private Path folder;

    /** Neighbouring features are alike, but for their sign, which is the task. */
    private static Examples examples(int task, int count, RandomGenerator random) {
        float[][] rows = new float[count][FEATURES];
        int[] labels = new int[count];
        for (int e = 0; e < count; e++) {
            labels[e] = random.nextInt(2);
            for (int pair = 0; pair < FEATURES / 2; pair++) {
                double shared = random.nextGaussian();
                double sign = (task >> pair & 1) == 0 ? 1 : -1;
                rows[e][2 * pair] = (float) (shared + 0.05 * random.nextGaussian());
                rows[e][2 * pair + 1] = (float) (sign * shared + 0.05 * random.nextGaussian());
            }
        }
        return Examples.of(rows, labels);
    }

    private static TaskSequence sequence(int tasks) {
        RandomGenerator random = new SplittableRandom(7);
        return TaskSequence.of(
                        "pairs",
                        Normalisation.NONE,
                        IntStream.range(0, tasks)
                                .mapToObj(t -> Task.of("task-" + t, examples(t, 300, random), examples(t, 100, random)))
                                .toArray(Task[]::new))
                .withScenario(Scenario.DOMAIN);
    }

    @Test
    void tasksThatDifferInHowFeaturesHangTogetherAloneAreToldApart() {
        TaskSequence sequence = sequence(4);
        InferenceSettings inference = InferenceSettings.DEFAULT.withTask(TaskChoice.DENSITY);
        try (Lanes lanes = Lanes.start(2);
                TaskFinder finder = new TaskFinder(inference, sequence, 1, lanes)) {
            IntStream.range(0, 4).forEach(finder::learn);

            assertThat(finder.explanation().get(0)).startsWith("tasks are found by low-rank: ");
            for (int t = 0; t < 4; t++) {
                int own = t;
                FoundTasks found = finder.find(sequence.tasks().get(t).test());
                assertThat(Arrays.stream(found.tasks()).filter(task -> task == own))
                        .hasSizeGreaterThan(88);
            }

            Snapshot kept = Snapshot.of(state -> finder.state(state, 4));
            try (TaskFinder again = new TaskFinder(inference, sequence, 1, lanes)) {
                kept.restore(state -> again.state(state, 4));
                assertThat(again.scores(sequence.tasks().get(1).test()))
                        .isDeepEqualTo(finder.scores(sequence.tasks().get(1).test()));
            }
        }
    }

    @Test
    void aModelThatFindsTasksSoIsTheSameAfterItWasSavedAndForgetsOne() {
        TaskSequence sequence = sequence(3);
        GatedNetwork network = GatedNetwork.create(FEATURES, ImmutableList.of(6, 6), Normalisation.NONE, 3);
        ContinualTrainer trainer = new ContinualTrainer(
                GateSettings.DEFAULT,
                new TrainingSettings(1, 16, Optimizer.adam(0.005), Double.POSITIVE_INFINITY),
                1,
                Growth.NONE,
                Evaluation.ENDS,
                Optional.empty());
        InferredModel model = new UntoldTrainer(trainer, InferenceSettings.DEFAULT.withTask(TaskChoice.DENSITY))
                .train(network, sequence, TrainingListener.SILENT, Checkpoints.NONE)
                .model()
                .orElseThrow();
        Examples asked = sequence.tasks().get(2).test();
        Path file = folder.resolve("model.sluice");
        model.save(file);

        FoundTasks before = model.find(asked);
        FoundTasks loaded = InferredModel.load(file).find(asked);

        assertThat(model.finding().densities()).containsInstanceOf(LowRankScores.class);
        assertThat(loaded.tasks()).isEqualTo(before.tasks());
        assertThat(loaded.probabilities()).isEqualTo(before.probabilities());
        assertThat(loaded.typicality()).isEqualTo(before.typicality());

        model.remove("task-0").save(file);
        int[] others = InferredModel.load(file).find(asked).tasks();
        for (int e = 0; e < others.length; e++) {
            assertThat(others[e]).isBetween(0, 1);
            if (before.tasks()[e] > 0) {
                assertThat(others[e]).isEqualTo(before.tasks()[e] - 1);
            }
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void theDensityIsThatOfItsWholeCovariance(
            @ForAll long seed, @ForAll @IntRange(max = 4) int rank, @ForAll @IntRange(min = 1, max = 5) int features) {
        RandomGenerator random = new SplittableRandom(seed);
        int count = Math.min(rank, features - 1);
        double[] noise = random.doubles((long) features * features, -1, 1).toArray();
        double[] covariance = new double[features * features];
        for (int i = 0; i < features; i++) {
            for (int j = 0; j < features; j++) {
                for (int k = 0; k < features; k++) {
                    covariance[i * features + j] += noise[i * features + k] * noise[j * features + k];
                }
            }
        }
        PrincipalDirections found = PrincipalDirections.of(covariance, features, count);
        float[] directions = new float[found.variances().length * features];
        for (int k = 0; k < found.variances().length; k++) {
            for (int i = 0; i < features; i++) {
                directions[k * features + i] = (float) found.directions()[k][i];
            }
        }
        LowRankScores.Factors factors = new LowRankScores.Factors(
                floats(random, features, -1),
                floats(random, features, 0.5),
                directions,
                random.doubles(found.variances().length, 0.5, 3).toArray(),
                0.3);
        float[] row = floats(random, features, -2);

        double[][] whole = new double[features][features];
        for (int i = 0; i < features; i++) {
            for (int j = 0; j < features; j++) {
                double along = i == j ? factors.residual() : 0;
                for (int k = 0; k < factors.variances().length; k++) {
                    along += (factors.variances()[k] - factors.residual())
                            * directions[k * features + i]
                            * directions[k * features + j];
                }
                whole[i][j] = along / factors.precision()[i] / factors.precision()[j];
            }
        }
        double[] difference = IntStream.range(0, features)
                .mapToDouble(i -> row[i] - (double) factors.mean()[i])
                .toArray();
        assertThat(factors.constant() + factors.fit(row, new float[features]))
                .isCloseTo(logLikelihood(whole, difference), within(1e-3));
    }

    private static float[] floats(RandomGenerator random, int count, double from) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(from, 2);
        }
        return values;
    }

    /** Of a normal density, up to a constant, by Gaussian elimination. */
    private static double logLikelihood(double[][] covariance, double[] difference) {
        int n = difference.length;
        double[] right = difference.clone();
        double logarithm = 0;
        for (int pivot = 0; pivot < n; pivot++) {
            logarithm += Math.log(covariance[pivot][pivot]);
            for (int i = pivot + 1; i < n; i++) {
                double factor = covariance[i][pivot] / covariance[pivot][pivot];
                for (int j = pivot; j < n; j++) {
                    covariance[i][j] -= factor * covariance[pivot][j];
                }
                right[i] -= factor * right[pivot];
            }
        }
        double square = 0;
        for (int i = n - 1; i >= 0; i--) {
            for (int j = i + 1; j < n; j++) {
                right[i] -= covariance[i][j] * right[j];
            }
            right[i] /= covariance[i][i];
            square += right[i] * difference[i];
        }
        return -(logarithm + square) / 2;
    }

    @Test
    void directionsAreThoseOfTheLargestVariances() {
        double[] covariance = new double[36];
        for (int i = 0; i < 6; i++) {
            covariance[i * 6 + i] = i == 4 ? 9 : i == 1 ? 4 : 0.1;
        }

        PrincipalDirections found = PrincipalDirections.of(covariance, 6, 2);

        assertThat(found.variances()).containsExactly(new double[] {9, 4}, within(1e-6));
        assertThat(Math.abs(found.directions()[0][4])).isCloseTo(1, within(1e-6));
        assertThat(Math.abs(found.directions()[1][1])).isCloseTo(1, within(1e-6));
    }

    @Test
    void aCovarianceOfOneDirectionHasNoMore() {
        double[] covariance = {1, 2, 2, 4};

        PrincipalDirections found = PrincipalDirections.of(covariance, 2, 2);

        assertThat(found.variances()).hasSize(1);
        assertThat(found.variances()[0]).isCloseTo(5, within(1e-9));
    }

    @Test
    void sumsHaveTheSameBitsHoweverManyLanesThereAre() {
        Examples examples = examples(1, 700, new SplittableRandom(2));
        int[] rows = IntStream.range(0, 700).toArray();
        double[][] found = new double[2][];
        for (int lanes = 1; lanes <= 2; lanes++) {
            try (Lanes some = Lanes.startSharing(3 * lanes - 2)) {
                SecondMoments moments = new SecondMoments(FEATURES);
                moments.add(examples, rows, new InputScale(0, 1), some);
                found[lanes - 1] = moments.covariance();
            }
        }
        assertThat(found[1]).isEqualTo(found[0]);
        assertThat(found[0][1] / found[0][0]).isCloseTo(-1 / 1.0025, within(0.1));
    }
}
