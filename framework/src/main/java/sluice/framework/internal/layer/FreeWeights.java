package sluice.framework.internal.layer;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;

/** The free blocks of a layer's weights, of which alone a gradient is formed and which alone are moved. */
public interface FreeWeights {
    /** Weights that the next update moves. */
    long size();

    /** The gradient, once formed: shaped as the weights. */
    NativeMatrix target();

    /** Forms the gradient of this lane's rows. */
    void form(Lane lane, GradientFactors factors, int batch);

    /** Adds the free blocks of another gradient in some rows. */
    void add(Lane lane, NativeMatrix other, int from, int to);

    /** Moves the weights of this lane's rows, few of which are much work, by a gradient that is formed. */
    void moveFormed(Lane lane, float scale);

    /** Moves the weights of this lane's rows. */
    void move(Lane lane, GradientFactors factors, int batch, float scale);
}
