package sluice.framework.plain;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;

/**
 * Gradients of maps' parameters, example by example. A weight of a convolution meets an example at every position, and its
 * gradient is a sum over them: what is made of the sum does not follow from what is made of inputs and of gradients, as it
 * does in a fully connected layer. So there is a pass per example here, of which each lane takes its share.
 */
final class SingleExamples implements AutoCloseable {
    private final ImmutableList<MapLayer> layers;
    private final Own[] lanes;

    /** What one lane sums up. */
    private static final class Own {
        private final Lane lane = new Lane();
        private final MapRoom room;
        /** Per layer, unit by unit, biases last. */
        private final float[][] gradient;

        private final float[][] sums;

        Own(ImmutableList<MapLayer> layers) {
            this.room = MapRoom.allocate(layers, 1, 1);
            this.gradient = likeParameters(layers);
            this.sums = likeParameters(layers);
        }

        void add(Batch examples, int example, NativeMatrix atOutputs, LiveInputs live, PerExample of) {
            List<MapPass> passes = room.passes();
            room.feed(lane, examples, example, 1);
            for (int l = 0; l < passes.size(); l++) {
                passes.get(l).forward(lane, 1);
                if (l < passes.size() - 1) {
                    passes.get(l).gate(lane, 1);
                }
            }
            passes.get(passes.size() - 1).takeDown(lane, atOutputs, example, live, 1);
            for (int l = passes.size() - 1; l > 0; l--) {
                passes.get(l).propagate(lane, passes.get(l - 1), 1);
            }
            for (int l = 0; l < sums.length; l++) {
                passes.get(l).form(lane, 1);
                passes.get(l).copyGradient(gradient[l]);
                of.apply(gradient[l], gradient[l].length);
                LayerScratch.add(sums[l], gradient[l], sums[l].length);
            }
        }
    }

    private static float[][] likeParameters(ImmutableList<MapLayer> layers) {
        return layers.stream()
                .map(layer -> new float[layer.block().end() - layer.block().start()])
                .toArray(float[][]::new);
    }

    SingleExamples(ImmutableList<MapLayer> layers, int lanes) {
        this.layers = layers;
        this.lanes = new Own[lanes];
        Arrays.setAll(this.lanes, lane -> new Own(layers));
    }

    /** Forgets all sums. */
    void begin() {
        for (Own own : lanes) {
            for (float[] ofLayer : own.sums) {
                Arrays.fill(ofLayer, 0);
            }
        }
    }

    /**
     * Adds what {@code of} makes of the gradients of this lane's share of a batch.
     *
     * @param atOutputs gradient at what the topmost maps gave, gates and all [batch, live values]
     * @param live which values these are
     */
    void add(Lane lane, Batch examples, NativeMatrix atOutputs, LiveInputs live, PerExample of) {
        int to = lane.end(0, examples.size(), 1);
        for (int example = lane.first(0, examples.size(), 1); example < to; example++) {
            lanes[lane.index()].add(examples, example, atOutputs, live, of);
        }
    }

    /** Writes the sums where parameters lie. */
    void write(float[] into) {
        Arrays.fill(into, 0, layers.get(layers.size() - 1).block().end(), 0);
        for (Own own : lanes) {
            for (int l = 0; l < layers.size(); l++) {
                layers.get(l).addTo(into, own.sums[l]);
            }
        }
    }

    @Override
    public void close() {
        for (Own own : lanes) {
            own.room.close();
        }
    }
}
