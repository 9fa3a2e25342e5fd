package sluice.framework.discriminant;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.network.GatedNetwork;
import sluice.framework.predict.internal.discriminant.OpinionPool;
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
        OpinionPool pool = new OpinionPool(
                weight,
                places.stream().mapToInt(Place::task).toArray(),
                places.stream().mapToInt(Place::label).toArray());
        for (int task = 0; task < logits.length; task++) {
            int classes = network.classes(network.tasks().get(task)).size();
            pool.mix(task, logits[task], example, classes, components);
        }
    }

    /** Multiply-adds of predicting one example with every subnetwork. */
    long multiplyAdds() {
        return network.tasks().stream().mapToLong(network::multiplyAdds).sum();
    }
}
