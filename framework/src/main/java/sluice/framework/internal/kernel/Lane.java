package sluice.framework.internal.kernel;

import sluice.framework.predict.internal.kernel.AveragePooling;
import sluice.framework.predict.internal.kernel.Im2Col;
import sluice.framework.predict.internal.kernel.MaxPooling;
import sluice.framework.predict.internal.kernel.OrderedProduct;
import sluice.framework.predict.internal.kernel.PredictionKernels;

/** One thread's share of a job, with the scratch that is its own. */
public final class Lane {
    /** Rows are shared out in multiples of this, which is what the matrix multiply's kernels like. */
    public static final int GRAIN = 16;

    private final int index;
    private final int count;
    private final Gemm gemm = new Gemm();
    private final PredictionKernels prediction = new PredictionKernels();
    private final Passes passes = new Passes();
    private final Rows rows = new Rows();
    private final MapPasses mapPasses = new MapPasses();
    private final BatchStatistics batchStatistics = new BatchStatistics();
    private final LogitPasses logits = new LogitPasses();

    /** A lane with every job to itself. */
    public Lane() {
        this(0, 1);
    }

    Lane(int index, int count) {
        this.index = index;
        this.count = count;
    }

    /** {@return what this lane predicts with} */
    public PredictionKernels prediction() {
        return prediction;
    }

    /** {@return the multiply of this lane} */
    public Gemm gemm() {
        return gemm;
    }

    /** {@return the multiply of this lane whose bits are the same for a column wherever it stands} */
    public OrderedProduct orderedProduct() {
        return prediction.orderedProduct();
    }

    /** {@return the passes over activations of this lane} */
    public Passes passes() {
        return passes;
    }

    /** {@return the passes over parameters of this lane} */
    public Rows rows() {
        return rows;
    }

    /** {@return the patches of convolutions of this lane} */
    public Im2Col patches() {
        return prediction.patches();
    }

    /** {@return the pooling of maps by their largest values of this lane} */
    public MaxPooling maxPooling() {
        return prediction.maxPooling();
    }

    /** {@return the pooling of maps by the means of squares of this lane} */
    public AveragePooling averagePooling() {
        return prediction.averagePooling();
    }

    /** {@return the passes over maps of this lane} */
    public MapPasses mapPasses() {
        return mapPasses;
    }

    /** {@return the normalisation of rows of this lane} */
    public BatchStatistics batchStatistics() {
        return batchStatistics;
    }

    /** {@return the passes over logits of this lane} */
    public LogitPasses logits() {
        return logits;
    }

    /** {@return its number, from 0} */
    public int index() {
        return index;
    }

    /** {@return lanes that share the job} */
    public int count() {
        return count;
    }

    /**
     * {@return first row of this lane's share}
     *
     * @param first first row of the job
     * @param end row after its last
     */
    public int first(int first, int end) {
        return first(first, end, GRAIN);
    }

    /**
     * {@return row after the last of this lane's share}
     *
     * @param first first row of the job
     * @param end row after its last
     */
    public int end(int first, int end) {
        return end(first, end, GRAIN);
    }

    /**
     * {@return first row of this lane's share}
     *
     * @param first first row of the job
     * @param end row after its last
     * @param grain what shares are multiples of, at least 1: 1 where a row is much work
     */
    public int first(int first, int end, int grain) {
        return first + cut(end - first, index, grain);
    }

    /**
     * {@return row after the last of this lane's share}
     *
     * @param first first row of the job
     * @param end row after its last
     * @param grain what shares are multiples of, at least 1
     */
    public int end(int first, int end, int grain) {
        return first + cut(end - first, index + 1, grain);
    }

    private int cut(int rows, int share, int grain) {
        if (share == count) {
            return rows;
        }
        int even = (int) ((long) rows * share / count);
        return Math.min(rows, (even + grain / 2) / grain * grain);
    }
}
