package sluice.framework.predict.internal.layer;

/** From logits to classes. */
public final class Softmax {
    private Softmax() {}

    /** {@return the position of the largest of some logits, the first of equals} */
    public static int largest(float[] logits, int start, int classes) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            best = logits[start + c] > logits[start + best] ? c : best;
        }
        return best;
    }

    /** {@return the probabilities that some logits stand for} */
    public static double[] probabilities(float[] logits, int start, int classes) {
        int best = largest(logits, start, classes);
        double[] probabilities = new double[classes];
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            probabilities[c] = Math.exp((double) logits[start + c] - logits[start + best]);
            sum += probabilities[c];
        }
        for (int c = 0; c < classes; c++) {
            probabilities[c] /= sum;
        }
        return probabilities;
    }
}
