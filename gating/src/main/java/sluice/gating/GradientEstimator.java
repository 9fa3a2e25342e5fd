package sluice.gating;

/**
 * How the gradient with respect to gate logits is formed through the sampling. An estimator is an immutable value;
 * {@link #begin} makes the running part, with buffers and baselines, that belongs to one layer of one task.
 *
 * <p>It works in two phases, which fits pathwise estimators (gradient at the gate's output), score-function ones (loss
 * per gate sample) and those with several evaluations: draw {@link Probe}s, let the network answer them, turn the
 * answers into a gradient. An estimator never calls the network.
 */
public interface GradientEstimator {
    /** {@return the name that scripts and reports use} */
    String name();

    /**
     * {@return a fresh estimation, with no memory of any other task or layer}
     *
     * @param layout the gates of one layer
     * @throws IllegalArgumentException if this estimator cannot serve such gates; the message says what would work
     */
    GateEstimation begin(GateLayout layout);

    /**
     * What logits mean: the neuron's own activation unless the gates are not that neuron's.
     *
     * @param neuron the kind of gate that training asks for
     * @return how open a gate is, by its logit
     */
    default GateModel model(BinaryNeuron neuron) {
        return neuron.activation();
    }
}
