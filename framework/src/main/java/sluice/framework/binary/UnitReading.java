package sluice.framework.binary;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import sluice.gating.GateModel;

/** How a {@link StochasticClassifier} reads its hidden units when it predicts. */
public sealed interface UnitReading {
    /** The deterministic binary neuron: 1 where the logit is at least 0, which is where {@code p >= 1/2}, else 0. */
    UnitReading THRESHOLD = new Threshold();

    /** The unit without its noise, not made binary: p itself, for a binary neuron. */
    UnitReading NOISELESS = new Noiseless();

    /**
     * One draw per unit and example: 1 with probability p, else 0.
     *
     * @param seed the same seed draws the same units for the same examples
     * @return the reading
     */
    static UnitReading sampled(long seed) {
        return new Sampled(seed);
    }

    /**
     * {@return the unit's value by its logit a; a fresh function, to be applied in the order of examples and units}
     *
     * @param model what the logits mean
     * @param slope s, above 0
     */
    DoubleUnaryOperator units(GateModel model, double slope);

    /** See {@link UnitReading#THRESHOLD}. */
    record Threshold() implements UnitReading {
        @Override
        public DoubleUnaryOperator units(GateModel model, double slope) {
            return logit -> logit >= 0 ? 1 : 0;
        }
    }

    /** See {@link UnitReading#NOISELESS}. */
    record Noiseless() implements UnitReading {
        @Override
        public DoubleUnaryOperator units(GateModel model, double slope) {
            return logit -> model.testValue(logit, slope);
        }
    }

    /**
     * See {@link UnitReading#sampled}.
     *
     * @param seed of the draws
     */
    record Sampled(long seed) implements UnitReading {
        @Override
        public DoubleUnaryOperator units(GateModel model, double slope) {
            RandomGenerator random = new SplittableRandom(seed);
            return logit -> random.nextDouble() < model.activity(logit, slope) ? 1 : 0;
        }
    }
}
