package sluice.framework.internal.layer;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;

/** A compiled layer with what one thread writes to, which is not its own, while it predicts through it. */
public interface PredictionLayer {
    /** {@code W x}, without biases; or all that the layer does, where {@link #activate} has nothing left to do. */
    void multiply(Lane lane, int batch);

    /** {@code relu(output + b)}, unless {@link #multiply} has done that. */
    void activate(Lane lane);

    /** [units * values, room]. */
    NativeMatrix output();
}
