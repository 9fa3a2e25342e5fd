package sluice.framework.strategy;

import java.util.Arrays;
import sluice.framework.optimizer.ClassWeights;
import sluice.framework.plain.Batch;
import sluice.tasks.OutputLayout;
import sluice.tasks.TaskSequence;

/**
 * How much the loss of each example counts.
 *
 * @param weights per task and output; none where all count the same
 */
record LossWeights(double[][] weights) {
    static final LossWeights SAME = new LossWeights(new double[0][]);

    /**
     * By classes; examples of tasks of earlier runs, of which not all are known, count the same.
     *
     * @param tasks all, without what is held out of them
     * @param first how many of them were learned in earlier runs
     */
    static LossWeights of(ClassWeights by, TaskSequence tasks, int first, OutputLayout outputs) {
        if (by.equals(ClassWeights.none())) {
            return SAME;
        }
        double[][] weights = new double[tasks.tasks().size()][outputs.count()];
        for (int t = 0; t < weights.length; t++) {
            Arrays.fill(weights[t], 1);
            if (t >= first) {
                double[] ofTask = by.of(tasks.tasks().get(t), tasks);
                for (int label = 0; label < ofTask.length; label++) {
                    weights[t][outputs.output(t, label)] = ofTask[label];
                }
            }
        }
        return new LossWeights(weights);
    }

    /** Of an example of a batch. */
    double of(Batch batch, int row) {
        return weights.length == 0 ? 1 : weights[batch.task(row)][batch.target(row)];
    }
}
