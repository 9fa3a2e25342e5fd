package sluice.framework.conditional;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.stream.IntStream;
import sluice.gating.UnitSet;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.Shape;

/**
 * The gaters of one task, a small network per hidden layer, that look at an example and say which of the task's units are computed for
 * it. Frozen with the task. Computed example by example, in one order, so that an answer does not hang on what is asked beside it.
 *
 * @param shape of an example
 * @param pool side of the squares of pixels whose means are looked at
 * @param layers lowest first; outputs are the task's open units, ascending
 */
public record TaskGaters(Shape shape, int pool, ImmutableList<Layer> layers) {
    /** Checks that what is looked at fits the shape. */
    public TaskGaters {
        int features = new Pooling(shape, pool).features();
        layers.forEach(layer -> checkArgument(
                layer.sizes().get(0) == features,
                "a gater looks at %s features of %s",
                layer.sizes().get(0),
                features));
    }

    /**
     * The gater of a layer.
     *
     * @param sizes features that it looks at, tanh units of its hidden layers, units of the layer
     * @param maps lowest first: weights input by input, then biases; not copied
     * @param threshold above which a logit opens a unit
     */
    public record Layer(ImmutableList<Integer> sizes, ImmutableList<float[]> maps, float threshold) {
        /** Checks that maps have these sizes. */
        public Layer {
            checkArgument(maps.size() == sizes.size() - 1, "%s sizes of %s maps", sizes.size(), maps.size());
            for (int m = 0; m < maps.size(); m++) {
                checkArgument(maps.get(m).length == length(sizes, m), "map %s has %s numbers", m, maps.get(m).length);
            }
        }

        /** {@return numbers of a map} */
        static long length(ImmutableList<Integer> sizes, int map) {
            return (sizes.get(map) + 1L) * sizes.get(map + 1);
        }

        /** {@return units that it decides on} */
        public int units() {
            return sizes.get(sizes.size() - 1);
        }

        /** {@return multiply-adds per example} */
        public long multiplyAdds() {
            return IntStream.range(0, maps.size())
                    .mapToLong(m -> (long) sizes.get(m) * sizes.get(m + 1))
                    .sum();
        }

        /** {@return weights and biases} */
        public long parameters() {
            return maps.stream().mapToLong(map -> map.length).sum();
        }

        /**
         * {@return what it says of each unit}
         *
         * @param looked what it looks at
         */
        public float[] logits(float[] looked) {
            float[] below = looked;
            for (int m = 0; m < maps.size(); m++) {
                float[] map = maps.get(m);
                int inputs = sizes.get(m);
                int outputs = sizes.get(m + 1);
                float[] sums = Arrays.copyOfRange(map, inputs * outputs, map.length);
                for (int i = 0; i < inputs; i++) {
                    float value = below[i];
                    for (int o = 0; value != 0 && o < outputs; o++) {
                        sums[o] += value * map[i * outputs + o];
                    }
                }
                for (int o = 0; m < maps.size() - 1 && o < outputs; o++) {
                    sums[o] = (float) Math.tanh(sums[o]);
                }
                below = sums;
            }
            return below;
        }

        /** {@return units that are open, ascending} */
        int[] open(float[] looked) {
            float[] logits = logits(looked);
            return IntStream.range(0, logits.length)
                    .filter(unit -> logits[unit] > threshold)
                    .toArray();
        }

        /**
         * {@return the threshold above which examples have a share of units open, on average}
         *
         * @param looked what is looked at, of each example
         * @param closed units that stay closed, which count, as they do in training
         * @param share that is to be open, in (0, 1]
         */
        public float thresholdOf(float[][] looked, UnitSet closed, double share) {
            if (share == 1) {
                return -Float.MAX_VALUE;
            }
            float[] all = new float[looked.length * units()];
            for (int e = 0; e < looked.length; e++) {
                System.arraycopy(logits(looked[e]), 0, all, e * units(), units());
                for (int unit = 0; closed.size() > 0 && unit < units(); unit++) {
                    all[e * units() + unit] = closed.contains(unit) ? -Float.MAX_VALUE : all[e * units() + unit];
                }
            }
            Arrays.sort(all);
            return all[(int) Math.max(0, Math.round((1 - share) * all.length) - 1)];
        }

        /**
         * {@return the same for some units alone}
         *
         * @param units that are kept, ascending
         */
        public Layer over(int[] units) {
            int last = maps.size() - 1;
            int inputs = sizes.get(last);
            float[] kept = new float[(inputs + 1) * units.length];
            for (int i = 0; i <= inputs; i++) {
                for (int k = 0; k < units.length; k++) {
                    kept[i * units.length + k] = maps.get(last)[i * units() + units[k]];
                }
            }
            return new Layer(
                    ImmutableList.<Integer>builder()
                            .addAll(sizes.subList(0, last + 1))
                            .add(units.length)
                            .build(),
                    ImmutableList.<float[]>builder()
                            .addAll(maps.subList(0, last))
                            .add(kept)
                            .build(),
                    threshold);
        }
    }

    /** {@return multiply-adds per example: of all gaters, and the additions of what they look at} */
    public long multiplyAdds() {
        return new Pooling(shape, pool).multiplyAdds()
                + layers.stream().mapToLong(Layer::multiplyAdds).sum();
    }

    /** {@return weights and biases} */
    public long parameters() {
        return layers.stream().mapToLong(Layer::parameters).sum();
    }

    /**
     * {@return per hidden layer the positions, among the task's units, of those that are computed}
     *
     * @param features of an example, normalised
     */
    public int[][] open(float[] features) {
        Pooling pooling = new Pooling(shape, pool);
        float[] looked = new float[pooling.features()];
        pooling.apply(features, looked);
        return layers.stream().map(layer -> layer.open(looked)).toArray(int[][]::new);
    }

    /**
     * {@return what gates do on examples, layer by layer, of the task's units}
     *
     * @param examples raw
     * @param normalisation how they become features
     * @param classes of the task
     */
    public ImmutableList<GateUse> use(Examples examples, Normalisation normalisation, int classes) {
        ImmutableList<GateCounts> counts = IntStream.range(0, layers.size())
                .mapToObj(l -> new GateCounts(l + 1, classes, layers.get(l).units()))
                .collect(ImmutableList.toImmutableList());
        float[] row = new float[examples.features()];
        for (int e = 0; e < examples.size(); e++) {
            examples.read(e, row);
            normalisation.apply(row);
            int[][] open = open(row);
            for (int l = 0; l < open.length; l++) {
                int[] ofLayer = open[l];
                counts.get(l).count(unit -> Arrays.binarySearch(ofLayer, unit) >= 0, examples.label(e));
            }
        }
        return counts.stream().map(GateCounts::use).collect(ImmutableList.toImmutableList());
    }
}
