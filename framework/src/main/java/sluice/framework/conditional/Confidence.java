package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;

/**
 * How sure an exit is of its answer, in [0, 1]: the difference of the two largest probabilities, or, where exits have neurons, what
 * grows with the probability that its neuron stops the example, and is one half where that is.
 *
 * @param neurons of each exit but the last the weights of what it looks at; none where margins decide
 */
record Confidence(ImmutableList<float[]> neurons) {
    static final Confidence BY_MARGIN = new Confidence(ImmutableList.of());

    /** Logarithms of probabilities below this say no more. */
    private static final float LEAST = -20;

    /** How much a neuron looks at: the logarithms of probabilities, the same by size, and 1. */
    static int features(int classes) {
        return 2 * classes + 1;
    }

    /** What the neuron of a part takes. */
    long multiplyAdds(int part, int classes) {
        return part < neurons.size() ? features(classes) : 0;
    }

    /**
     * {@return what a neuron looks at}
     *
     * @param said logarithms of probabilities
     */
    static float[] look(float[] said) {
        int classes = said.length;
        float[] looked = new float[features(classes)];
        for (int c = 0; c < classes; c++) {
            looked[c] = Math.max(LEAST, said[c]);
        }
        System.arraycopy(looked, 0, looked, classes, classes);
        Arrays.sort(looked, classes, 2 * classes);
        looked[2 * classes] = 1;
        return looked;
    }

    static double logit(float[] weights, float[] looked) {
        double sum = 0;
        for (int i = 0; i < looked.length; i++) {
            sum += weights[i] * looked[i];
        }
        return sum;
    }

    /**
     * Turns what a head says into probabilities.
     *
     * @param part whose head it is
     * @param logits up to a constant; receives probabilities
     * @return how sure it is
     */
    float of(int part, float[] logits) {
        if (part >= neurons.size()) {
            return Margins.softmax(logits);
        }
        Margins.logSoftmax(logits);
        double said = logit(neurons.get(part), look(logits));
        Margins.softmax(logits);
        // the probability itself is 1, as a float, for all that are quite sure, and thresholds could not part them
        return (float) (0.5 + Math.atan(said) / Math.PI);
    }
}
