package sluice.framework.predict.internal.discriminant;

/**
 * What subnetworks of tasks say beside a discriminant. How likely each task is stays the discriminant's to say; how likely a
 * class is within its task is a weighted geometric mean of what both say (a logarithmic opinion pool, Heskes 1998, eq. 1).
 *
 * @param weight of what the subnetworks say, in (0, 1]
 * @param tasks by component of the discriminant, the task that it is of; not copied
 * @param labels by component, the position among the task's classes; not copied
 */
public record OpinionPool(double weight, int[] tasks, int[] labels) {
    /**
     * Mixes what both say of a task's classes.
     *
     * @param task position among tasks
     * @param logits of its subnetwork [examples, classes], row-major
     * @param example which of the examples
     * @param classes of the task
     * @param components probabilities by the discriminant, overwritten
     */
    public void mix(int task, float[] logits, int example, int classes, double[] components) {
        double normaliser = logSumExp(logits, example * classes, classes);
        double known = 0;
        double mixed = 0;
        double[] terms = new double[components.length];
        for (int c = 0; c < components.length; c++) {
            if (tasks[c] == task) {
                known += components[c];
                double own = logits[example * classes + labels[c]] - normaliser;
                terms[c] = Math.exp(weight * own + (1 - weight) * Math.log(Math.max(components[c], Double.MIN_NORMAL)));
                mixed += terms[c];
            }
        }
        for (int c = 0; mixed > 0 && c < components.length; c++) {
            if (tasks[c] == task) {
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
}
