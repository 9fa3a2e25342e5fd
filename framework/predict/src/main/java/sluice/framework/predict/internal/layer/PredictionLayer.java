package sluice.framework.predict.internal.layer;

import sluice.framework.predict.internal.kernel.FloatMatrix;
import sluice.framework.predict.internal.kernel.PredictionKernels;

/** A compiled layer with what one thread writes to, which is not its own, while it predicts through it. */
public interface PredictionLayer {
    /** {@code W x}, without biases; or all that the layer does, where {@link #activate} has nothing left to do. */
    void multiply(PredictionKernels kernels, int batch);

    /** {@code relu(output + b)}, unless {@link #multiply} has done that. */
    void activate(PredictionKernels kernels);

    /** [units * values, room]. */
    FloatMatrix output();
}
