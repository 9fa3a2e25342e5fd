package sluice.framework.optimizer;

/** What Adam and its kin have the same for all entries of a step: decayed rate, bias corrections, and constants as floats. */
abstract class AdamStep implements ParameterUpdate {
    final float beta1;
    final float beta2;
    final float epsilon;
    /** What a parameter is multiplied by: the decoupled decay. */
    float keep;
    /** The learning rate with the first moment's correction. */
    float rate;
    /** What the root of a second moment is multiplied by. */
    float rootCorrection;

    private final double learningRate;
    private final double weightDecay;
    private final double firstDecay;
    private final double secondDecay;

    AdamStep(double learningRate, double beta1, double beta2, double epsilon, double weightDecay) {
        this.learningRate = learningRate;
        this.weightDecay = weightDecay;
        this.firstDecay = beta1;
        this.secondDecay = beta2;
        this.beta1 = (float) beta1;
        this.beta2 = (float) beta2;
        this.epsilon = (float) epsilon;
    }

    @Override
    public final void beginStep(long step, double factor) {
        keep = (float) (1 - factor * learningRate * weightDecay);
        rate = (float) (factor * learningRate / (1 - Math.pow(firstDecay, (double) step)));
        rootCorrection = (float) (1 / Math.sqrt(1 - Math.pow(secondDecay, (double) step)));
    }
}
