package sluice.framework.discriminant;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.network.GatedNetwork;
import sluice.tasks.Examples;

/**
 * What the gated subnetworks of tasks say beside the discriminant. How likely each task is stays the discriminant's to say;
 * how likely a class is within its task is a weighted geometric mean of what both say (a logarithmic opinion pool, Heskes
 * 1998, eq. 1).
 *
 * @param network a subnetwork per task
 * @param weight of what the subnetworks say, in (0, 1]
 * @param places by component of the discriminant, the task and the class that it is
 */
record TaskSubnetworks(GatedNetwork network, double weight, ImmutableList<Place> places) {
    /** Checks the range. */
    TaskSubnetworks {
        checkArgument(weight > 0 && weight <= 1, "weight must be in (0, 1], got %s", weight);
    }

    /**
     * What a component is.
     *
     * @param task position among the network's tasks, from 0
     * @param label position among the task's classes, from 0
     */
    record Place(int task, int label) {}

    /** The logits of every task's own head, per task [examples, classes]. */
    float[][] logits(Examples examples, Lanes lanes) {
        return network.tasks().stream()
                .map(task -> network.logits(task, examples, lanes))
                .toArray(float[][]::new);
    }

    /**
     * Mixes what both say.
     *
     * @param logits of {@link #logits}
     * @param example which of the examples
     * @param components probabilities by the discriminant, overwritten
     */
    void mix(float[][] logits, int example, double[] components) {
        for (int task = 0; task < logits.length; task++) {
            mix(task, logits[task], example, components);
        }
    }

    private void mix(int task, float[] logits, int example, double[] components) {
        int classes = network.classes(network.tasks().get(task)).size();
        double normaliser = logSumExp(logits, example * classes, classes);
        double known = 0;
        double mixed = 0;
        double[] terms = new double[components.length];
        for (int c = 0; c < components.length; c++) {
            Place place = places.get(c);
            if (place.task() == task) {
                known += components[c];
                double own = logits[example * classes + place.label()] - normaliser;
                terms[c] = Math.exp(weight * own + (1 - weight) * Math.log(Math.max(components[c], Double.MIN_NORMAL)));
                mixed += terms[c];
            }
        }
        for (int c = 0; mixed > 0 && c < components.length; c++) {
            if (places.get(c).task() == task) {
                components[c] = known * (terms[c] / mixed);
            }
        }
    }

    private static double logSumExp(float[] logits, int start, int count) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = start; i < start + count; i++) {
            largest = Math.max(largest, logits[i]);
        }
        double sum = 0;
        for (int i = start; i < start + count; i++) {
            sum += Math.exp(logits[i] - largest);
        }
        return largest + Math.log(sum);
    }

    /** Multiply-adds of predicting one example with every subnetwork. */
    long multiplyAdds() {
        return network.tasks().stream().mapToLong(network::multiplyAdds).sum();
    }
}
