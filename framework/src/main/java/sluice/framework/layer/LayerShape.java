package sluice.framework.layer;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import sluice.framework.internal.kernel.Padding;

/** What a hidden layer of a gated network is. */
public sealed interface LayerShape {
    /**
     * @return units, each with a gate: neurons of a dense layer, maps of a convolutional one
     */
    int units();

    /**
     * @return one word or two for messages
     */
    String kind();

    /**
     * A dense layer: every unit sees everything below.
     *
     * @param units at least 1
     */
    record Dense(int units) implements LayerShape {
        /** Checks the range. */
        public Dense {
            checkArgument(units >= 1, "a dense layer must have at least 1 unit, got %s", units);
        }

        @Override
        public String kind() {
            return "dense layer";
        }
    }

    /**
     * A convolutional layer, {@code relu(maximum of each square of (W * maps below) + b) * gate}: the kernel moves by one
     * pixel, each map has one bias and one gate.
     *
     * @param maps at least 1
     * @param kernel pixels of a side of the kernel, at least 1
     * @param padding what the kernel sees beyond the edge
     * @param pool side of the squares of which the largest value goes on, at least 1, which is no pooling; positions that
     *     fill no square are left out
     */
    record Conv(int maps, int kernel, Padding padding, int pool) implements LayerShape {
        /** Squares have at most this side: where the largest lies in one is kept in a byte. */
        public static final int LARGEST_POOL = 11;

        /** Checks the ranges. */
        public Conv {
            checkArgument(maps >= 1, "a convolution must have at least 1 map, got %s", maps);
            checkArgument(kernel >= 1, "kernel must be at least 1, got %s", kernel);
            checkNotNull(padding, "padding");
            checkArgument(pool >= 1 && pool <= LARGEST_POOL, "pool must be in [1, %s], got %s", LARGEST_POOL, pool);
        }

        /**
         * A convolution without padding.
         *
         * @param maps at least 1
         * @param kernel pixels of a side of the kernel, at least 1
         * @param pool side of the squares of which the largest value goes on, 1 for no pooling
         */
        public Conv(int maps, int kernel, int pool) {
            this(maps, kernel, Padding.VALID, pool);
        }

        @Override
        public int units() {
            return maps;
        }

        @Override
        public String kind() {
            return "convolution";
        }
    }
}
