package sluice.framework.optimizer;

import com.google.common.collect.ImmutableMap;
import java.util.stream.Stream;

/** The optimisers that scripts know by name, one row each. */
public final class Optimizers {
    /** By {@linkplain Optimizer#name name}, in the order of the alphabet. */
    public static final ImmutableMap<String, Row> BY_NAME = Stream.<Row>of(
                    (rate, momentum, decay) -> Adam.of(rate, decay),
                    (rate, momentum, decay) -> AmsGrad.of(rate, decay),
                    (rate, momentum, decay) -> RmsProp.of(rate, decay),
                    Sgd::new)
            .collect(ImmutableMap.toImmutableMap(row -> row.of(1, 0, 0).name(), row -> row));

    private Optimizers() {}

    /** An optimiser from what scripts say of all optimisers. */
    public interface Row {
        /**
         * Makes the optimiser.
         *
         * @param learningRate eta, above 0
         * @param momentum in [0, 1), of no meaning to most
         * @param weightDecay at least 0
         * @return with its usual other constants
         */
        Optimizer of(double learningRate, double momentum, double weightDecay);
    }
}
