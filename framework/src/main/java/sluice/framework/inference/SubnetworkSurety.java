package sluice.framework.inference;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import sluice.framework.internal.kernel.Lanes;
import sluice.tasks.Examples;

/**
 * How sure subnetworks are of their answers, as a sign of the task.
 *
 * @param subnetworks of the tasks
 */
record SubnetworkSurety(Subnetworks subnetworks) {
    /** Tasks that a combination looks at for an example, at the most. */
    private static final int MOST_TASKS = 4;

    /** By how much a logarithm may be behind for a combination to look at the task. */
    private static final double MOST_BEHIND = 12;

    /**
     * {@return for each example the task whose subnetwork's answer has the smallest entropy (Wortsman et al. 2020, SupSup), by the entropy
     * of equal probabilities; every subnetwork is computed}
     *
     * @param examples raw features
     */
    FoundTasks byEntropy(Examples examples) {
        FoundTasks found = FoundTasks.of(examples.size());
        Arrays.fill(found.probabilities(), -1);
        for (int task = 0; task < subnetworks.classes().size(); task++) {
            float[] all = subnetworks.logits().apply(task, examples);
            for (int row = 0; row < examples.size(); row++) {
                double sure = 1 - entropy(all, row, subnetworks.classes().get(task));
                if (sure > found.probabilities()[row]) {
                    found.tasks()[row] = task;
                    found.probabilities()[row] = sure;
                    found.typicality()[row] = sure;
                }
            }
        }
        return found;
    }

    /**
     * {@return for each example the task that is left when halves of all have gone, by how the entropy of what all subnetworks say together
     * changes with their shares; how sure that task's subnetwork is of its answer, as {@link #byEntropy} has it}
     *
     * @param examples raw features
     * @param superposed the same subnetworks
     * @param lanes share out the work
     */
    FoundTasks byGradient(Examples examples, SuperposedSubnetworks superposed, Lanes lanes) {
        FoundTasks found = FoundTasks.of(examples.size());
        System.arraycopy(superposed.find(examples, lanes), 0, found.tasks(), 0, examples.size());
        subnetworks.answer(examples, found, (row, probabilities, label) -> {
            found.probabilities()[row] = 1 - entropy(probabilities);
            found.typicality()[row] = found.probabilities()[row];
        });
        return found;
    }

    /**
     * {@return for each example the task for which its probability times that of its likeliest class is the largest}
     *
     * @param examples raw features
     * @param scores calibrated logarithms of how likely tasks are, by example and task
     * @param alone what is found by those scores alone
     */
    FoundTasks combined(Examples examples, double[][] scores, FoundTasks alone) {
        double[][] together = new double[examples.size()][subnetworks.classes().size()];
        for (double[] row : together) {
            Arrays.fill(row, Double.NEGATIVE_INFINITY);
        }
        for (int t = 0; t < subnetworks.classes().size(); t++) {
            int task = t;
            int[] rows = IntStream.range(0, examples.size())
                    .filter(row -> isLookedAt(scores[row], task))
                    .toArray();
            if (rows.length > 0) {
                float[] all = subnetworks.logits().apply(task, examples.select(rows, label -> label));
                for (int r = 0; r < rows.length; r++) {
                    together[rows[r]][task] = scores[rows[r]][task]
                            + Math.log(most(all, r, subnetworks.classes().get(task)));
                }
            }
        }
        FoundTasks found = FoundTasks.of(examples.size());
        for (int row = 0; row < examples.size(); row++) {
            int task = HeldOutScores.largest(together[row]);
            found.tasks()[row] = task;
            found.probabilities()[row] = HeldOutScores.probability(together[row], task, 1);
            found.typicality()[row] = alone.typicality()[row];
        }
        return found;
    }

    private static boolean isLookedAt(double[] scores, int task) {
        double best = scores[HeldOutScores.largest(scores)];
        long better =
                Arrays.stream(scores).filter(other -> other > scores[task]).count();
        return scores[task] >= best - MOST_BEHIND && better < MOST_TASKS;
    }

    private static double most(float[] logits, int row, int classes) {
        return softmax(logits, row, classes).max().orElse(1);
    }

    /** In [0, 1]; that of a single class is 0. */
    private static double entropy(float[] logits, int row, int classes) {
        return entropy(softmax(logits, row, classes), classes);
    }

    private static double entropy(float[] probabilities) {
        return entropy(
                IntStream.range(0, probabilities.length).mapToDouble(c -> probabilities[c]), probabilities.length);
    }

    private static double entropy(DoubleStream probabilities, int classes) {
        return classes == 1
                ? 0
                : probabilities.map(p -> p > 0 ? -p * Math.log(p) : 0).sum() / Math.log(classes);
    }

    private static DoubleStream softmax(float[] logits, int row, int classes) {
        double most = IntStream.range(0, classes)
                .mapToDouble(c -> logits[row * classes + c])
                .max()
                .orElseThrow();
        double sum = IntStream.range(0, classes)
                .mapToDouble(c -> Math.exp(logits[row * classes + c] - most))
                .sum();
        return IntStream.range(0, classes).mapToDouble(c -> Math.exp(logits[row * classes + c] - most) / sum);
    }
}
