package sluice.gating;

/**
 * Solves {@code G x = v} for the Laplacian G of the complete graph of a run's gates with weights
 * {@code w_jk = pi_j pi_k / (pi_j + pi_k)}, by Gaussian elimination of one gate after another, which leaves a Laplacian of
 * the others. The gate of the largest probability comes last, at x = 0. A gate's own weight is the sum of those to the
 * gates that are left, so that nothing is subtracted and small probabilities cost no digits.
 */
final class GroundedLaplacian {
    private final int size;
    private final double[] weights;
    private final int[] order;
    private final double[] sums;

    /**
     * @param size K
     */
    GroundedLaplacian(int size) {
        this.size = size;
        this.weights = new double[size * size];
        this.order = new int[size];
        this.sums = new double[size];
    }

    /**
     * Solves for one right-hand side.
     *
     * @param pi probabilities, from an index on; where one is 0, so must be v, and x is 0 there
     * @param from where the run begins
     * @param v the right-hand side [K], adding up to 0; overwritten with x
     */
    void solve(double[] pi, int from, double[] v) {
        arrange(pi, from);
        for (int step = 0; step < size - 1; step++) {
            eliminate(step, v);
        }
        v[order[size - 1]] = 0;
        for (int step = size - 2; step >= 0; step--) {
            int j = order[step];
            double sum = v[j];
            for (int later = step + 1; later < size; later++) {
                sum += weights[step * size + later] * v[order[later]];
            }
            v[j] = sums[step] == 0 ? 0 : sum / sums[step];
        }
    }

    private void arrange(double[] pi, int from) {
        int largest = 0;
        for (int j = 0; j < size; j++) {
            largest = pi[from + j] > pi[from + largest] ? j : largest;
        }
        for (int step = 0; step < size; step++) {
            order[step] = step;
        }
        order[largest] = size - 1;
        order[size - 1] = largest;
        for (int step = 0; step < size; step++) {
            double p = pi[from + order[step]];
            for (int later = step + 1; later < size; later++) {
                double q = pi[from + order[later]];
                // q is not 0 where p is not 0 and later is the last
                weights[step * size + later] = p == 0 ? 0 : p * q / (p + q);
            }
        }
    }

    /** Takes a gate out: it is passed on to those that are left by its weights to them. */
    private void eliminate(int step, double[] v) {
        double sum = 0;
        for (int later = step + 1; later < size; later++) {
            sum += weights[step * size + later];
        }
        // of a probability this small nothing comes, and its inverse may be infinite
        sums[step] = sum < Double.MIN_NORMAL ? 0 : sum;
        if (sums[step] == 0) {
            return;
        }
        double inverse = 1 / sum;
        double passed = v[order[step]];
        for (int j = step + 1; j < size; j++) {
            double share = weights[step * size + j] * inverse;
            v[order[j]] += share * passed;
            for (int k = j + 1; k < size; k++) {
                weights[j * size + k] += share * weights[step * size + k];
            }
        }
    }
}
