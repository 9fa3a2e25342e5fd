package sluice.framework.internal.layer;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;

/** Where the gradient at the output of a layer below goes. */
public interface LowerGradient {
    /** First of the observed rows that are this lane's share. */
    int firstRow(Lane lane);

    /** Row after the last of them. */
    int endRow(Lane lane);

    /** [units * values, batch]. */
    NativeMatrix outputGradient();

    /** The same memory as [units, values * batch]. */
    NativeMatrix mapGradient();
}
