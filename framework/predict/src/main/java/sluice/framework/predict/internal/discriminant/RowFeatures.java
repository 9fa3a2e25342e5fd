package sluice.framework.predict.internal.discriminant;

import java.util.List;
import sluice.framework.predict.internal.kernel.FloatMatrix;
import sluice.framework.predict.internal.kernel.HeapMatrix;
import sluice.framework.predict.internal.kernel.LocalFilterPass;
import sluice.framework.predict.internal.kernel.OrderedFilters;
import sluice.framework.predict.internal.kernel.OrderedProduct;

/** The random features of a discriminant, example by example, each in a fixed order. */
public sealed interface RowFeatures {
    /** {@return how many there are} */
    int count();

    /** {@return room to compute them in, of one thread} */
    Pass begin();

    /** Computes the features of an example. */
    @FunctionalInterface
    interface Pass {
        /**
         * Computes.
         *
         * @param raw an example
         * @param into [1, features], overwritten
         */
        void compute(float[] raw, FloatMatrix into);
    }

    /**
     * Filters over images.
     *
     * @param channels of an image
     * @param height of an image
     * @param width of an image
     * @param blocks the filters as {@link OrderedFilters#blocks} has them
     * @param groups how many there are
     */
    record Filters(int channels, int height, int width, List<FloatMatrix> blocks, int groups) implements RowFeatures {
        @Override
        public int count() {
            return groups * LocalFilterPass.PER_FILTER;
        }

        @Override
        public Pass begin() {
            LocalFilterPass pass = new LocalFilterPass(
                    channels, height, width, groups, new OrderedFilters(blocks), HeapMatrix::allocate);
            return (raw, into) -> pass.image(raw, into, 0);
        }
    }

    /**
     * Projections of vectors, {@code max(0, W (x - means) * scales + b)}.
     *
     * @param means by input
     * @param scales by input
     * @param weights [features, inputs]
     * @param biases by feature
     */
    record Vectors(float[] means, float[] scales, FloatMatrix weights, float[] biases) implements RowFeatures {
        @Override
        public int count() {
            return biases.length;
        }

        @Override
        public Pass begin() {
            OrderedProduct product = new OrderedProduct();
            FloatMatrix input = HeapMatrix.allocate(means.length, 1);
            FloatMatrix products = HeapMatrix.allocate(biases.length, 1);
            float[] scaled = new float[means.length];
            float[] features = new float[biases.length];
            return (raw, into) -> {
                for (int i = 0; i < scaled.length; i++) {
                    scaled[i] = (raw[i] - means[i]) * scales[i];
                }
                input.put(0, 0, scaled, 0, scaled.length);
                product.multiply(weights, input, products, biases.length, 1, means.length);
                products.get(0, 0, features, 0, features.length);
                for (int f = 0; f < features.length; f++) {
                    features[f] = Math.max(0f, features[f] + biases[f]);
                }
                into.put(0, 0, features, 0, features.length);
            };
        }
    }
}
