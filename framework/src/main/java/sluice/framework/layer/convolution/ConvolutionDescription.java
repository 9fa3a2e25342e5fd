package sluice.framework.layer.convolution;

import sluice.framework.internal.kernel.Padding;
import sluice.framework.layer.LayerDescription;
import sluice.framework.layer.LayerShape;

/**
 * What a model file says of a convolution, whose maps are among the units of layers.
 *
 * @param kernel pixels of a side
 * @param padding what the kernel sees beyond the edge
 * @param pool side of the squares that are pooled
 */
public record ConvolutionDescription(int kernel, Padding padding, int pool) implements LayerDescription {
    @Override
    public boolean complete() {
        return padding != null;
    }

    @Override
    public LayerShape shape(int units) {
        return new Convolution(units, kernel, padding, pool);
    }
}
