package sluice.framework.layer.convolution;

import com.fasterxml.jackson.annotation.JsonInclude;
import sluice.framework.layer.LayerDescription;
import sluice.framework.layer.LayerShape;
import sluice.framework.layer.pooling.Pooling;
import sluice.framework.predict.internal.kernel.Padding;

/**
 * What a model file says of a convolution, whose maps are among the units of layers.
 *
 * @param kernel pixels of a side
 * @param padding what the kernel sees beyond the edge
 * @param pool side of the squares that are pooled
 * @param pooling what of a square goes on; null, which the file leaves out, for the largest value
 */
public record ConvolutionDescription(
        int kernel,
        Padding padding,
        int pool,
        @JsonInclude(JsonInclude.Include.NON_NULL) Pooling pooling) implements LayerDescription {
    static ConvolutionDescription of(ConvolutionConnection convolution) {
        Pooling pooling = convolution.pooling();
        return new ConvolutionDescription(
                convolution.grid().kernel(),
                convolution.grid().padding(),
                convolution.pool(),
                pooling == Pooling.MAX ? null : pooling);
    }

    @Override
    public boolean complete() {
        return padding != null;
    }

    @Override
    public LayerShape shape(int units) {
        return new Convolution(units, kernel, padding, pool, pooling == null ? Pooling.MAX : pooling);
    }
}
