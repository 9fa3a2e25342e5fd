package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import sluice.tasks.Examples;

/**
 * How much a head listens to those below it, which cost nothing more: the share of theirs in its answer, part by part that by
 * which held-out examples are likeliest.
 */
final class HeadTrust {
    private static final int LEVELS = 40;

    private HeadTrust() {}

    /** No head listens to another. */
    static ImmutableList<Double> none(ExitShape shape) {
        return ImmutableList.copyOf(Collections.nCopies(shape.exits(), 0.0));
    }

    /**
     * @param model whose heads do not listen to each other
     */
    static ImmutableList<Double> choose(ExitModel model, Examples heldOut) {
        int exits = model.shape().exits();
        int classes = model.shape().classes();
        float[][][] heads = new float[exits][heldOut.size()][];
        try (ExitPass pass = model.pass(Math.max(1, Math.min(heldOut.size(), ExitModel.ROWS)))) {
            pass.run(heldOut, (example, part, logits, multiplyAdds) -> {
                heads[part][example] = logits.clone();
                return true;
            });
        }
        List<Double> trusts = new ArrayList<>(none(model.shape()));
        float[] row = new float[classes];
        for (int p = 1; p < exits; p++) {
            double least = Double.POSITIVE_INFINITY;
            for (int level = 0; level < LEVELS; level++) {
                double share = (double) level / LEVELS;
                double loss = 0;
                for (int i = 0; i < heldOut.size(); i++) {
                    System.arraycopy(heads[p][i], 0, row, 0, classes);
                    Margins.mix(row, heads[p - 1][i], share);
                    Margins.logSoftmax(row);
                    loss -= row[heldOut.label(i)];
                }
                if (loss < least) {
                    least = loss;
                    trusts.set(p, share);
                }
            }
            for (int i = 0; i < heldOut.size(); i++) {
                Margins.mix(heads[p][i], heads[p - 1][i], trusts.get(p));
            }
        }
        return ImmutableList.copyOf(trusts);
    }
}
