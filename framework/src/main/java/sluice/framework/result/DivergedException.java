package sluice.framework.result;

/** The loss became NaN or infinite: training stopped at once. The message says where and what to try. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A loss that is no number any more.
     *
     * @param task its name
     * @param epoch from 1
     * @param step of the epoch, from 1
     * @param loss what the loss became
     */
    public DivergedException(String task, int epoch, int step, double loss) {
        super(("the loss of task %s became %s in epoch %d, step %d: "
                        + "try a smaller training.learning_rate, or set training.gradient_clip")
                .formatted(task, loss, epoch, step));
    }

    /**
     * {@return the exception of predicted numbers that are none any more, after the last step}
     *
     * @param task its name
     */
    public static DivergedException ofPredictions(String task) {
        return new DivergedException(
                "what is predicted of task %s is no number any more: try a smaller training.learning_rate, or set training.gradient_clip"
                        .formatted(task));
    }

    private DivergedException(String message) {
        super(message);
    }

    /**
     * {@return the exception of a bound that is no number any more}
     *
     * @param epoch from 1
     * @param step of the epoch, from 1
     * @param bound what the negative bound became
     */
    public static DivergedException ofBound(int epoch, int step, double bound) {
        return new DivergedException(
                ("the negative bound became %s in epoch %d, step %d: try a smaller training.learning_rate, or a higher last"
                                + " temperature of the estimator")
                        .formatted(bound, epoch, step));
    }
}
