package sluice.framework.conditional;

import com.google.common.collect.ObjectArrays;
import sluice.tasks.Examples;

/**
 * What every exit would say of every example, were it to stop there.
 *
 * @param margins [exits][examples] how sure they are: the difference of the two largest probabilities, or what their neurons say
 * @param right [exits][examples] whether the answer is right
 * @param doubts [exits][examples] the probability that its head leaves to other classes than the right one
 * @param multiplyAdds [exits][examples] that it would have taken
 */
record ExitTable(float[][] margins, boolean[][] right, float[][] doubts, long[][] multiplyAdds) {
    static ExitTable of(ExitModel model, Examples examples) {
        int exits = model.shape().exits();
        float[][] margins = new float[exits][examples.size()];
        boolean[][] right = new boolean[exits][examples.size()];
        float[][] doubts = new float[exits][examples.size()];
        long[][] taken = new long[exits][examples.size()];
        try (ExitPass pass = model.pass(Math.max(1, Math.min(examples.size(), ExitModel.ROWS)))) {
            pass.run(examples, (example, part, logits, multiplyAdds) -> {
                taken[part][example] = multiplyAdds;
                margins[part][example] = model.confidence().of(part, logits);
                doubts[part][example] = 1 - logits[examples.label(example)];
                right[part][example] = Margins.largest(logits) == examples.label(example);
                return true;
            });
        }
        return new ExitTable(margins, right, doubts, taken);
    }

    /** The same with what comes after the last exit of a task, whose answers are those of its subnetwork alone. */
    static ExitTable of(ExitModel model, Examples examples, TaskExits.Subnetwork subnetwork) {
        ExitTable before = of(model, examples);
        int classes = model.shape().classes();
        TaskExits.Said said = subnetwork.say(examples);
        float[] row = new float[classes];
        float[] margin = new float[examples.size()];
        float[] doubt = new float[examples.size()];
        boolean[] rightThere = new boolean[examples.size()];
        long[] taken = before.multiplyAdds[before.exits() - 1].clone();
        for (int i = 0; i < examples.size(); i++) {
            System.arraycopy(said.logits(), i * classes, row, 0, classes);
            margin[i] = Margins.softmax(row);
            doubt[i] = 1 - row[examples.label(i)];
            rightThere[i] = Margins.largest(row) == examples.label(i);
            taken[i] += said.multiplyAdds()[i];
        }
        return new ExitTable(
                ObjectArrays.concat(before.margins, margin),
                ObjectArrays.concat(before.right, rightThere),
                ObjectArrays.concat(before.doubts, doubt),
                ObjectArrays.concat(before.multiplyAdds, taken));
    }

    int exits() {
        return margins.length;
    }

    int examples() {
        return margins[0].length;
    }

    /** What thresholds would make of the examples. */
    Outcome under(double[] thresholds) {
        int wrong = 0;
        double doubt = 0;
        long spent = 0;
        for (int i = 0; i < examples(); i++) {
            int exit = 0;
            while (exit < thresholds.length && margins[exit][i] < thresholds[exit]) {
                exit++;
            }
            wrong += right[exit][i] ? 0 : 1;
            doubt += doubts[exit][i];
            spent += multiplyAdds[exit][i];
        }
        return new Outcome(wrong, doubt, (double) spent / examples());
    }

    /**
     * What came of them.
     *
     * @param wrong examples answered wrong
     * @param doubt the sum of doubts
     * @param multiplyAdds per example, mean
     */
    record Outcome(int wrong, double doubt, double multiplyAdds) {
        /** What is to be small: wrong answers, which are few, and doubts, which say more of what others would be. */
        double loss() {
            return (wrong + doubt) / 2;
        }
    }
}
