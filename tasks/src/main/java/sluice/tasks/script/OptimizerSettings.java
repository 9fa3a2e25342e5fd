package sluice.tasks.script;

/** The optimizer of weights and biases. {@link ScriptReader} checks the ranges. */
public sealed interface OptimizerSettings {
    /**
     * @return step size, above 0
     */
    double learningRate();

    /**
     * @return how strongly weights are pulled towards 0, at least 0
     */
    double weightDecay();

    /**
     * Adam (Kingma and Ba 2015).
     *
     * @param learningRate above 0
     * @param weightDecay at least 0
     */
    record Adam(double learningRate, double weightDecay) implements OptimizerSettings {}

    /**
     * Stochastic gradient descent.
     *
     * @param learningRate above 0
     * @param momentum in [0, 1)
     * @param weightDecay at least 0
     */
    record Sgd(double learningRate, double momentum, double weightDecay) implements OptimizerSettings {}
}
