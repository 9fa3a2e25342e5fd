package sluice.framework.predict;

/**
 * What is said of an example.
 *
 * @param predicted the class as its data call it, or {@code unknown}
 * @param probability of the likeliest class, in [0, 1]: of a network by the softmax over the task's classes, which nothing
 *     calibrates; of a discriminant calibrated
 * @param probabilities of all classes, in their order, likewise; the array is the caller's own
 */
public record Answer(String predicted, double probability, double[] probabilities) {
    /** What is predicted where no class is as likely as the threshold. */
    public static final String UNKNOWN = "unknown";
}
