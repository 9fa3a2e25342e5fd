package sluice.framework.inference;

import java.util.Optional;
import sluice.framework.internal.kernel.Lanes;
import sluice.tasks.Examples;

/** What asks densities that are solved, and counts what that takes. */
abstract sealed class DensityPerTask implements TaskDensity permits ProductDensity, LowRankDensity {
    final Lanes lanes;
    private long work;
    private long scored;

    DensityPerTask(Lanes lanes) {
        this.lanes = lanes;
    }

    /** What the densities say now. */
    abstract SolvedDensity scores();

    /** Counts anew, as the densities have changed. */
    final void changed() {
        work = 0;
        scored = 0;
    }

    @Override
    public final void score(Examples examples, int[] rows, double[][] into) {
        work += scores().score(examples, rows, lanes, into);
        scored += rows.length;
    }

    @Override
    public final double[] likelihoods(Examples examples, int[] rows, int[] ofTasks) {
        return scores().likelihoods(examples, rows, ofTasks);
    }

    @Override
    public final Optional<SolvedDensity> solved() {
        return Optional.of(scores());
    }

    @Override
    public final double multiplyAdds() {
        return scored == 0 ? 0 : (double) work / scored;
    }

    @Override
    public final void close() {
        // nothing lies outside the heap
    }
}
