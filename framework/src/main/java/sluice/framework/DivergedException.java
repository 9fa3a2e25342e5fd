package sluice.framework;

/** The loss became NaN or infinite: training stopped at once. The message says where and what to try. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DivergedException(String task, int epoch, int step, double loss) {
        super(("the loss of task %s became %s in epoch %d, step %d: "
                        + "try a smaller training.learning_rate, or set training.gradient_clip")
                .formatted(task, loss, epoch, step));
    }
}
