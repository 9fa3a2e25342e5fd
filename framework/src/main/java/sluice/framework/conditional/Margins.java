package sluice.framework.conditional;

/** How clear an answer is. */
final class Margins {
    private Margins() {}

    /** The position of the largest. */
    static int largest(float[] values) {
        int largest = 0;
        for (int c = 1; c < values.length; c++) {
            largest = values[c] > values[largest] ? c : largest;
        }
        return largest;
    }

    /** Turns logits into logarithms of probabilities. */
    static void logSoftmax(float[] logits) {
        double most = logits[largest(logits)];
        double mass = 0;
        for (float logit : logits) {
            mass += Math.exp(logit - most);
        }
        double log = most + Math.log(mass);
        for (int c = 0; c < logits.length; c++) {
            logits[c] = (float) (logits[c] - log);
        }
    }

    /** Takes a share of others among logarithms of probabilities, which need not sum to 1 afterwards. */
    static void mix(float[] own, float[] others, double share) {
        for (int c = 0; c < own.length; c++) {
            own[c] = (float) ((1 - share) * own[c] + share * others[c]);
        }
    }

    /** Turns logits into probabilities; returns the difference of the two largest, rounded as thresholds are chosen by it. */
    static float softmax(float[] logits) {
        double most = logits[largest(logits)];
        double mass = 0;
        for (float logit : logits) {
            mass += Math.exp(logit - most);
        }
        for (int c = 0; c < logits.length; c++) {
            logits[c] = (float) (Math.exp(logits[c] - most) / mass);
        }
        return between(logits, 0, logits.length);
    }

    /** The difference of the two largest probabilities of a row, as {@link #softmax} returns it. */
    static float between(float[] probabilities, int row, int classes) {
        float first = 0;
        float second = 0;
        for (int c = row * classes; c < (row + 1) * classes; c++) {
            if (probabilities[c] > first) {
                second = first;
                first = probabilities[c];
            } else {
                second = Math.max(second, probabilities[c]);
            }
        }
        return first - second;
    }
}
