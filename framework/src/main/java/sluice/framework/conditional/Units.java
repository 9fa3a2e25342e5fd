package sluice.framework.conditional;

import sluice.framework.internal.kernel.NativeMatrix;

/**
 * What units of a layer, or features, put out for the rows of a batch, and the gradient there. What is not computed has no
 * meaning.
 *
 * @param values [rows, units]
 * @param gradients [rows, units]; null where nothing learns below
 * @param open what is computed
 */
record Units(NativeMatrix values, NativeMatrix gradients, BlockRows open) {
    /** How many there are. */
    int count() {
        return open.blocks() * open.width();
    }
}
