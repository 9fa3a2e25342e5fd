package sluice.framework.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.gating.exact.GatedProblem;

/** Measurements by name against values that were computed independently, by enumeration or from 4 million samples. */
@Tag("slow")
class EstimatorReferenceTest {
    private static final EstimatorBench BENCH = new EstimatorBench(20_000, 7, 2);
    private static final Map<String, GatedProblem> PROBLEMS =
            BENCH.problems(0, 1).stream().collect(Collectors.toMap(GatedProblem::name, Function.identity()));
    /** How far the reference may be off: the last printed digit, or its own standard error. */
    private static final double PRINTED = 0.001;

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            problem, estimator, bias, cosine, variance
            quadratic, st-identity, 4.2309, 0.9544, 2.01715
            quadratic, st-sigmoid, 0.1879, 0.9826, 0.08995
            quadratic, st-active-identity, 2.1357, 0.8903, 3.07946
            quadratic, st-active-sigmoid, 0.5515, 0.8539, 0.12756
            quadratic, st-hard-sigmoid, 0.2624, 0.9653, 0.38161
            quadratic, st-clipped, 0.9480, 0.9653, 1.52644
            quadratic, reinmax, 0.0000, 1.0000, 0.25727
            quadratic, unbiased, 0.0000, 1.0000, 4.64921
            quadratic, leave-one-out, 0.0000, 1.0000, 1.77091
            quadratic, arm, 0.0000, 1.0000, 1.89937
            quadratic, disarm, 0.0000, 1.0000, 1.51239
            quadratic, concrete, 0.1197, 0.9974, 0.26155
            quadratic, st-concrete, 0.1389, 0.9955, 0.35322
            quadratic, gumbel-rao, 0.1386, 0.9956, 0.14166
            quadratic, hard-concrete, 0.1074, 0.9975, 0.26938
            quadratic, sts, 0.4509, 0.9813, 0.05903
            quadratic, noisy-rectifier, 3.9675, 0.7371, 11.12311
            quadratic, additive-noise, 0.1659, 0.9943, 0.03915
            quadratic, multiplicative-noise, 0.2769, 0.9666, 0.15255
            network, st-identity, 5.7456, 0.9690, 0.10432
            network, st-sigmoid, 0.2068, 0.9806, 0.00423
            network, st-active-identity, 3.0515, 0.7107, 0.08492
            network, st-active-sigmoid, 0.7206, 0.6983, 0.00235
            network, st-hard-sigmoid, 0.1860, 0.9940, 0.01516
            network, st-clipped, 1.2999, 0.9940, 0.06066
            network, reinmax, 0.0347, 0.9994, 0.01078
            network, unbiased, 0.0000, 1.0000, 1.93397
            network, leave-one-out, 0.0000, 1.0000, 0.07790
            network, arm, 0.0000, 1.0000, 0.07507
            network, disarm, 0.0000, 1.0000, 0.06139
            network, concrete, 0.1055, 0.9948, 0.01265
            network, st-concrete, 0.1121, 0.9937, 0.01765
            network, gumbel-rao, 0.1116, 0.9938, 0.00623
            network, hard-concrete, 0.1019, 0.9948, 0.01354
            network, sts, 0.5299, 0.9486, 0.00209
            network, noisy-rectifier, 3.6676, 0.7005, 0.16330
            network, additive-noise, 0.1740, 0.9849, 0.00202
            network, multiplicative-noise, 0.3316, 0.9503, 0.00434
            quadratic-choices, st-sigmoid, 0.3138, 0.9589, 0.21995
            quadratic-choices, unbiased, 0.0000, 1.0000, 4.81948
            quadratic-choices, leave-one-out, 0.0000, 1.0000, 1.63758
            quadratic-choices, arm, 0.0000, 1.0000, 1.73937
            quadratic-choices, disarm, 0.0000, 1.0000, 1.30976
            quadratic-choices, reinmax, 0.0000, 1.0000, 0.59455
            quadratic-choices, minimum-variance, 0.0000, 1.0000, 0.60558
            quadratic-choices, gumbel-softmax, 0.3753, 0.9817, 0.10832
            quadratic-choices, st-gumbel-softmax, 0.3459, 0.9865, 0.24322
            quadratic-choices, gumbel-rao, 0.3457, 0.9864, 0.18094
            network-choices, st-sigmoid, 0.1967, 0.9950, 0.00789
            network-choices, unbiased, 0.0000, 1.0000, 2.05137
            network-choices, leave-one-out, 0.0000, 1.0000, 0.08049
            network-choices, arm, 0.0000, 1.0000, 0.09472
            network-choices, disarm, 0.0000, 1.0000, 0.07051
            network-choices, reinmax, 0.0278, 0.9998, 0.01500
            network-choices, minimum-variance, 0.0281, 0.9998, 0.01703
            network-choices, gumbel-softmax, 0.2426, 0.9871, 0.00549
            network-choices, st-gumbel-softmax, 0.2082, 0.9858, 0.01160
            network-choices, gumbel-rao, 0.2084, 0.9859, 0.00633
            """)
    void biasCosineAndVarianceAreThoseOfTheReference(
            String problem, String estimator, double bias, double cosine, double variance) {
        Measurement measurement =
                BENCH.measure(PROBLEMS.get(problem), List.of(estimator)).get(0);

        assertThat(measurement.relativeBias()).isCloseTo(bias, within(2 * measurement.standardError() + PRINTED));
        assertThat(measurement.cosine()).isCloseTo(cosine, within(0.02));
        assertThat(measurement.variance()).isCloseTo(variance, withinPercentage(6));
    }
}
