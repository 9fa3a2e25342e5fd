package sluice.evaluation.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/**
 * How often a block of units, or of a task's gater a unit of the network, is open for a class.
 *
 * @param layer from 1, the lowest of the network
 * @param block from 1
 * @param className whose test examples
 * @param open share of those that the layer is computed for, in [0, 1]
 */
public record GateShare(int layer, int block, String className, double open) {
    private static final String LAYER = "layer";
    private static final String BLOCK = "block";
    private static final String CLASS = "class";
    private static final String OPEN = "open";

    /** A line per layer, block and class. */
    public static final RunCsv<GateShare> FILE = RunCsv.ofOneRun(
            RunFile.GATE_CLASSES,
            ImmutableMap.of(
                    LAYER,
                    GateShare::layer,
                    BLOCK,
                    GateShare::block,
                    CLASS,
                    share -> Cells.name(share.className()),
                    OPEN,
                    GateShare::open),
            ImmutableList.of(),
            line -> new GateShare(
                    line.count(LAYER, 1), line.count(BLOCK, 1), line.name(CLASS), Cells.share(line, OPEN)));
}
