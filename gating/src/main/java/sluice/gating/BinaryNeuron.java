package sluice.gating;

import static com.google.common.base.Preconditions.checkNotNull;

import java.util.random.RandomGenerator;

/**
 * A neuron whose output is 0 or 1: the gate itself.
 *
 * <p>Convention: {@code h = 1} where {@code z < p(a)}, z uniform on [0, 1), so that P(h = 1) = p(a). (Bengio, Léonard
 * and Courville 2013 print {@code z > sigm(a)}, which would open with probability 1 - sigm(a).)
 *
 * @param activation how the logit becomes a probability
 * @param sampling whether the gate is drawn or thresholded
 */
public record BinaryNeuron(GateActivation activation, Sampling sampling) {
    /** How the output is formed from the probability. */
    public enum Sampling {
        /** A Bernoulli draw with probability p. */
        STOCHASTIC,
        /** The threshold {@code h = 1} where {@code p >= 1/2}; no noise is drawn. */
        DETERMINISTIC
    }

    /** The stochastic binary neuron with the sigmoid. */
    public static final BinaryNeuron STOCHASTIC_SIGMOID = new BinaryNeuron(GateActivation.SIGMOID, Sampling.STOCHASTIC);

    /** Checks that nothing is null. */
    public BinaryNeuron {
        checkNotNull(activation, "activation");
        checkNotNull(sampling, "sampling");
    }

    /**
     * {@return 1 or 0}
     *
     * @param probability p, in [0, 1]
     * @param noise where the uniform number comes from; untouched if deterministic
     */
    public double fire(double probability, RandomGenerator noise) {
        return switch (sampling) {
            case STOCHASTIC -> noise.nextDouble() < probability ? 1 : 0;
            case DETERMINISTIC -> probability >= 0.5 ? 1 : 0;
        };
    }
}
