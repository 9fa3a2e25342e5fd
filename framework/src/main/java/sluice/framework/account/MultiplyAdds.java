package sluice.framework.account;

/**
 * Multiply-adds of one layer's matrix multiplies.
 *
 * @param forward of the layer's output
 * @param inputGradient of the gradient at its input
 * @param weightGradient of the gradient of its weights
 */
public record MultiplyAdds(long forward, long inputGradient, long weightGradient) {
    /** None yet. */
    public static final MultiplyAdds NONE = new MultiplyAdds(0, 0, 0);

    /** {@return of the backward pass} */
    public long backward() {
        return inputGradient + weightGradient;
    }

    /** {@return of both passes} */
    public long total() {
        return forward + backward();
    }

    /**
     * {@return both together}
     *
     * @param other more
     */
    public MultiplyAdds plus(MultiplyAdds other) {
        return new MultiplyAdds(
                forward + other.forward, inputGradient + other.inputGradient, weightGradient + other.weightGradient);
    }

    /**
     * {@return all of these together}
     *
     * @param times how often
     */
    public MultiplyAdds times(long times) {
        return new MultiplyAdds(times * forward, times * inputGradient, times * weightGradient);
    }
}
