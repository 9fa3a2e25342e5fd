package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Gates GATES = GateSetting.SIGMOID.gates();
    private static final int STEPS = 1_000;

    static Stream<Arguments> estimatorsAndGranularities() {
        return Estimators.BY_NAME.values().stream()
                .flatMap(entry -> Arrays.stream(Granularity.values())
                        .map(granularity -> Arguments.of(entry.estimator(), granularity)));
    }

    @ParameterizedTest
    @MethodSource("estimatorsAndGranularities")
    void stepAllocatesNothing(GradientEstimator estimator, Granularity granularity) {
        GateEstimation estimation = estimator.begin(GATES.layout(granularity, 32));
        RandomGenerator noise = new SplittableRandom(1);
        double[] gradient = new double[6];
        run(estimation, noise, gradient);

        long before = THREADS.getCurrentThreadAllocatedBytes();
        run(estimation, noise, gradient);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

        // one object per step, the smallest there is, would come to 16 bytes times the steps
        assertThat(allocated).isLessThan(4 * STEPS);
    }

    private static void run(GateEstimation estimation, RandomGenerator noise, double[] gradient) {
        for (int step = 0; step < STEPS; step++) {
            List<Probe> probes = estimation.draw(GATES.logits(), GATES.slope(), 32, noise);
            Arrays.fill(probes.get(0).losses(), step);
            estimation.gradient(gradient);
        }
    }
}
