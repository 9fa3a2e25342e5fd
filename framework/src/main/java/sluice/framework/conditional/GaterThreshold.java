package sluice.framework.conditional;

import java.util.Arrays;
import java.util.stream.IntStream;
import sluice.framework.internal.kernel.Lane;
import sluice.tasks.Examples;

/**
 * The logit above which a trained gater opens a block, so that held-out examples have the asked share open; of gates with a magnitude
 * at most that share.
 */
final class GaterThreshold {
    /** Of more, every so many examples are enough. */
    private static final int MOST_LOGITS = 100_000_000;

    private GaterThreshold() {}

    /**
     * @param model whose gaters below have theirs
     * @param layer of the part, gated
     */
    static float choose(ExitModel model, int part, int layer, Examples heldOut) {
        Gater gater =
                model.shape().parts().get(part).layers().get(layer).gater().orElseThrow();
        if (gater.open() == 1) {
            return -Float.MAX_VALUE;
        }
        int blocks = gater.blocks();
        int every = (int) (1 + (long) heldOut.size() * blocks / MOST_LOGITS);
        int[] order =
                IntStream.range(0, heldOut.size()).filter(i -> i % every == 0).toArray();
        float[] all = new float[order.length * blocks];
        float[] row = new float[blocks];
        int rows = Math.min(heldOut.size(), ExitModel.ROWS);
        try (ExitPass pass = model.pass(rows, part + 1)) {
            Lane lane = new Lane();
            for (int from = 0; from < order.length; from += rows) {
                int count = Math.min(rows, order.length - from);
                CompiledPart compiled = pass.fed(part, heldOut, order, from, count);
                compiled.forwardToTop(lane, count);
                for (int r = 0; r < count; r++) {
                    compiled.layers().get(layer).logits(r, row);
                    System.arraycopy(row, 0, all, (from + r) * blocks, blocks);
                }
            }
        }
        Arrays.sort(all);
        // as many above it as are to be open
        return all[(int) Math.max(0, Math.round((1 - gater.open()) * all.length) - 1)];
    }
}
