package sluice.framework.predict.internal.kernel;

import java.util.ArrayList;
import java.util.List;

/** Patches times filters in a fixed order: an image's bits depend on it and the filters alone. One thread's own. */
public final class OrderedFilters implements LocalFilterPass.Product {
    private final OrderedProduct product = new OrderedProduct();
    private final List<FloatMatrix> blocks;
    private float[] lying = new float[0];
    private float[] standing = new float[0];
    private FloatMatrix turned;

    /**
     * For filters that others may share.
     *
     * @param blocks of {@link #blocks}
     */
    public OrderedFilters(List<FloatMatrix> blocks) {
        this.blocks = blocks;
    }

    /**
     * {@return filters as they are multiplied by, [taps, filters of a block] each}
     *
     * @param filters [filters, taps], row-major
     * @param taps numbers of a filter, in all channels
     */
    public static List<FloatMatrix> blocks(float[] filters, int taps) {
        int count = filters.length / taps;
        List<FloatMatrix> blocks = new ArrayList<>();
        for (int first = 0; first < count; first += LocalFilterPass.BLOCK) {
            int width = Math.min(LocalFilterPass.BLOCK, count - first);
            FloatMatrix block = HeapMatrix.allocate(taps, width);
            float[] row = new float[width];
            for (int tap = 0; tap < taps; tap++) {
                for (int f = 0; f < width; f++) {
                    row[f] = filters[(first + f) * taps + tap];
                }
                block.put(tap, 0, row, 0, width);
            }
            blocks.add(block);
        }
        return List.copyOf(blocks);
    }

    @Override
    public void multiply(FloatMatrix patches, int from, int count, FloatMatrix responses) {
        if (from == 0) {
            turn(patches);
        }
        FloatMatrix block = blocks.get(from / LocalFilterPass.BLOCK);
        product.multiply(turned, block, responses, turned.rows(), count, turned.columns());
    }

    private void turn(FloatMatrix patches) {
        int taps = patches.rows();
        int positions = patches.columns();
        if (turned == null || turned.rows() != positions) {
            turned = HeapMatrix.allocate(positions, taps);
            lying = new float[taps * positions];
            standing = new float[taps * positions];
        }
        patches.get(0, 0, lying, 0, lying.length);
        for (int position = 0, at = 0; position < positions; position++) {
            for (int tap = 0; tap < taps; tap++, at++) {
                standing[at] = lying[tap * positions + position];
            }
        }
        turned.put(0, 0, standing, 0, standing.length);
    }
}
