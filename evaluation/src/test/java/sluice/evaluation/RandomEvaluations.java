package sluice.evaluation;

import com.google.common.collect.ImmutableList;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Continual evaluations of up to five tasks; of some, tasks are missing here and there. */
final class RandomEvaluations extends DomainContextBase {
    private static final int TOTAL = 20;

    @Provide
    Arbitrary<ContinualEvaluation> evaluations() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(1, 40),
                        Arbitraries.longs(),
                        Arbitraries.of(0.0, 0.0, 0.05))
                .as(RandomEvaluations::evaluation);
    }

    private static ContinualEvaluation evaluation(int tasks, int moments, long seed, double missing) {
        Random random = new Random(seed);
        ImmutableList.Builder<ContinualEvaluation.Point> points = ImmutableList.builder();
        for (int k = 1; k <= tasks; k++) {
            for (int step = 0; step < moments; step++) {
                for (int j = 1; j <= k; j++) {
                    if (random.nextDouble() >= missing) {
                        points.add(new ContinualEvaluation.Point(k, step, j, random.nextInt(TOTAL + 1), TOTAL));
                    }
                }
            }
        }
        ImmutableList<String> names =
                IntStream.rangeClosed(1, tasks).mapToObj(t -> "t" + t).collect(ImmutableList.toImmutableList());
        return new ContinualEvaluation("naive", 1, names, points.build());
    }
}
