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
import sluice.gating.exact.Gates;

class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int STEPS = 1_000;

    static Stream<Arguments> estimatorsAndGranularities() {
        return EveryEstimator.withGranularities();
    }

    @ParameterizedTest
    @MethodSource("estimatorsAndGranularities")
    void stepAllocatesNothing(GradientEstimator estimator, Granularity granularity) {
        Gates gates = EveryEstimator.gatesFor(estimator);
        GateEstimation estimation = estimator.begin(gates.layout(granularity, 32));
        RandomGenerator noise = new SplittableRandom(1);
        double[] gradient = new double[6];
        run(estimation, gates, noise, gradient);

        long before = THREADS.getCurrentThreadAllocatedBytes();
        run(estimation, gates, noise, gradient);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

        // one object per step, the smallest there is, would come to 16 bytes times the steps
        assertThat(allocated).isLessThan(4 * STEPS);
    }

    private static void run(GateEstimation estimation, Gates gates, RandomGenerator noise, double[] gradient) {
        List<Probe> probes = estimation.probes();
        for (int step = 0; step < STEPS; step++) {
            estimation.draw(gates.logits(), gates.slope(), Progress.START, 32, noise);
            for (int i = 0; i < probes.size(); i++) {
                Arrays.fill(probes.get(i).losses(), step);
            }
            estimation.gradient(gradient);
        }
    }
}
