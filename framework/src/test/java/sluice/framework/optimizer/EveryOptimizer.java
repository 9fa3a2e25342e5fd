package sluice.framework.optimizer;

import java.util.List;
import java.util.stream.Stream;

/** Optimisers that laws are tried with: each that scripts know by name, so that a new one meets them all. */
public final class EveryOptimizer {
    private static final double RATE = 0.02;

    private EveryOptimizer() {}

    public static List<Optimizer> with(double weightDecay) {
        return Optimizers.BY_NAME.values().stream()
                .flatMap(row -> Stream.of(row.of(RATE, 0, weightDecay), row.of(RATE, 0.9, weightDecay)))
                .distinct()
                .toList();
    }
}
