package sluice.framework.internal.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import sluice.framework.EveryEstimator;
import sluice.framework.gates.ConsolidatedTask;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.predict.CompiledSubnetwork;
import sluice.framework.internal.predict.PredictionScratches;
import sluice.framework.internal.predict.TaskLayers;
import sluice.framework.layer.TaskParameters;
import sluice.framework.optimizer.Optimizer;
import sluice.gating.GradientEstimator;
import sluice.gating.Granularity;
import sluice.gating.StraightThrough;
import sluice.gating.Subnetwork;
import sluice.gating.UnitSet;
import sluice.tasks.Normalisation;

/** What batch normalisation does beside gradients, which {@link TrainingStepTest} is about. */
class NormalisedStepTest {
    private static final int BATCH = 6;

    /** By the statistics of a batch, a prediction for the batch is what the training step computes. */
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void aPredictionIsTheFormulaByRunningStatistics(@ForAll long seed) {
        StepFixture fixture = new StepFixture(seed, Granularity.MINI_BATCH, StraightThrough.DERIVATIVE, 0, BATCH);
        Subnetwork open = randomSubnetwork(fixture, new SplittableRandom(seed));
        double[][][] gates = open.layers().stream()
                .map(units ->
                        IntStream.range(0, BATCH).mapToObj(b -> ones(units)).toArray(double[][]::new))
                .toArray(double[][][]::new);
        ReferenceNetwork reference = new ReferenceNetwork(fixture.layers(), fixture.own(), gates);
        double[][] x = inputs(fixture);
        double[][] expected = reference.logits(x);
        Assume.that(reference.magnification(x) < 100);
        for (int l = 0; l < fixture.hidden.size(); l++) {
            if (fixture.normalised(l)) {
                put(reference.means[l], fixture.task.own().get(l).values()[2]);
                put(reference.variances[l], fixture.task.own().get(l).values()[3]);
            }
        }

        float[] logits;
        try (PredictionScratches scratches = new PredictionScratches(fixture.examples.features());
                CompiledSubnetwork compiled = new CompiledSubnetwork(
                        fixture.hidden,
                        new TaskLayers(ConsolidatedTask.headOver(fixture.task, open), open, fixture.task.ownOver(open)),
                        Normalisation.NONE,
                        scratches)) {
            logits = compiled.logits(fixture.examples);
        }

        for (int i = 0; i < logits.length; i++) {
            double exact = expected[i / StepFixture.CLASSES][i % StepFixture.CLASSES];
            assertThat((double) logits[i])
                    .isCloseTo(exact, within(1e-5 * reference.magnification(x) * Math.max(1, Math.abs(exact))));
        }
    }

    private static Subnetwork randomSubnetwork(StepFixture fixture, SplittableRandom random) {
        return new Subnetwork(fixture.hidden.stream()
                .map(layer ->
                        UnitSet.positive(random.doubles(layer.units(), -1, 2).toArray()))
                .collect(ImmutableList.toImmutableList()));
    }

    private static double[] ones(UnitSet open) {
        return IntStream.range(0, open.universe())
                .mapToDouble(unit -> open.contains(unit) ? 1 : 0)
                .toArray();
    }

    private static void put(double[] values, float[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = (float) values[i];
        }
    }

    private static double[][] inputs(StepFixture fixture) {
        double[][] x = new double[fixture.examples.size()][];
        for (int e = 0; e < x.length; e++) {
            float[] row = fixture.examples.row(e);
            x[e] = IntStream.range(0, row.length).mapToDouble(i -> row[i]).toArray();
        }
        return x;
    }

    /** All of its values are their own mean: they become beta, and nothing is known of how they vary. */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void anExampleAloneIsFiniteAndLeavesRunningStatisticsWhereItHasOneValue(
            @ForAll long seed, @ForAll(supplier = EveryEstimator.class) GradientEstimator estimator) {
        StepFixture fixture = new StepFixture(seed, Granularity.MINI_BATCH, estimator, 1, 1);
        List<TaskParameters> before = fixture.own();

        try (Lanes lanes = Lanes.startSharing(2);
                TaskTraining training = fixture.training(Optimizer.adam(0.01), 1, lanes)) {
            for (int step = 0; step < 3; step++) {
                assertThat(training.step(0)).isFinite();
            }
            training.writeBack();
        }

        for (int l = 0; l < fixture.hidden.size(); l++) {
            for (int number = 0; number < before.get(l).perUnit(); number++) {
                float[] now = fixture.task.own().get(l).values()[number];
                for (float value : now) {
                    assertThat(value).isFinite();
                }
                if (number >= 2 && fixture.hidden.get(l).connection().positions() == 1) {
                    assertThat(now).isEqualTo(before.get(l).values()[number]);
                }
            }
        }
        for (float weight : fixture.task.head().weights()) {
            assertThat(weight).isFinite();
        }
    }

    /** Units of a lane are its own, and so are their statistics. */
    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void theSameSeedAndLanesGiveTheSameBits(
            @ForAll long seed, @ForAll Granularity granularity, @ForAll @IntRange(min = 1, max = 3) int lanes) {
        assertThat(bits(trained(seed, granularity, lanes))).isEqualTo(bits(trained(seed, granularity, lanes)));
    }

    private static StepFixture trained(long seed, Granularity granularity, int laneCount) {
        StepFixture fixture = new StepFixture(seed, granularity, StraightThrough.DERIVATIVE, 1, BATCH);
        try (Lanes lanes = Lanes.startSharing(laneCount);
                TaskTraining training = fixture.training(Optimizer.adam(0.01), Double.POSITIVE_INFINITY, lanes)) {
            for (int step = 0; step < 5; step++) {
                training.step(0);
            }
            training.writeBack();
        }
        return fixture;
    }

    private static List<String> bits(StepFixture fixture) {
        return List.of(
                fixture.layers().stream()
                        .map(layer -> Arrays.toString(layer.weights()))
                        .toList()
                        .toString(),
                fixture.own().stream()
                        .map(own -> Arrays.deepToString(own.values()))
                        .toList()
                        .toString());
    }
}
