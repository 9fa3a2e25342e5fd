package sluice.framework.conditional;

import java.util.Arrays;

/**
 * Which rows of a batch are computed, for each block of the units of a layer. Filled anew for each batch; an ungated layer is one
 * block of all rows.
 */
final class BlockRows {
    private final int blocks;
    private final int width;
    private final int[][] rows;
    private final int[] counts;
    private final int[] open;
    private boolean all;
    private double[] gates = {};

    /**
     * @param blocks equal blocks of units, at least 1
     * @param width units of a block
     * @param most rows
     */
    BlockRows(int blocks, int width, int most) {
        this.blocks = blocks;
        this.width = width;
        this.rows = new int[blocks][most];
        this.counts = new int[blocks];
        this.open = new int[most];
    }

    /** One block of all units, computed for every row. */
    static BlockRows whole(int width, int most) {
        BlockRows whole = new BlockRows(1, width, most);
        whole.openAll(most);
        return whole;
    }

    /** Computes every block for so many rows. */
    void openAll(int count) {
        for (int b = 0; b < blocks; b++) {
            for (int r = 0; r < count; r++) {
                rows[b][r] = r;
            }
            counts[b] = count;
        }
        Arrays.fill(open, 0, count, blocks);
        all = true;
    }

    /** Computes what has a gate that is not 0 [count, blocks]. */
    void openWhere(double[] given, int count) {
        all = false;
        gates = given;
        Arrays.fill(counts, 0);
        for (int r = 0, at = 0; r < count; r++) {
            open[r] = 0;
            for (int b = 0; b < blocks; b++, at++) {
                if (gates[at] != 0) {
                    rows[b][counts[b]++] = r;
                    open[r]++;
                }
            }
        }
    }

    /** Whether every block is computed for every row. */
    boolean isAll() {
        return all;
    }

    int blocks() {
        return blocks;
    }

    /** Units of a block. */
    int width() {
        return width;
    }

    /** Whether a block is computed for a row; asks the gates that were told last, which must not have changed. */
    boolean isOpen(int row, int block) {
        return all || gates[row * blocks + block] != 0;
    }

    /** Rows that a block is computed for, ascending; {@link #count} of them. */
    int[] rows(int block) {
        return rows[block];
    }

    int count(int block) {
        return counts[block];
    }

    /** Units of a row that are computed. */
    int openUnits(int row) {
        return open[row] * width;
    }

    /** Rows that both a block here and one there are computed for; returns how many there are. */
    int meet(int block, BlockRows other, int otherBlock, int[] into) {
        int[] mine = rows[block];
        int[] theirs = other.rows[otherBlock];
        int found = 0;
        for (int i = 0, j = 0; i < counts[block] && j < other.counts[otherBlock]; ) {
            if (mine[i] == theirs[j]) {
                into[found++] = mine[i++];
                j++;
            } else if (mine[i] < theirs[j]) {
                i++;
            } else {
                j++;
            }
        }
        return found;
    }
}
