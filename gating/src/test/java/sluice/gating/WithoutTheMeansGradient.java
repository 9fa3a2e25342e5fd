package sluice.gating;

/** Wrong on purpose: MuProp whose Taylor expansion is taken out of the loss, and its gradient not put back. */
final class WithoutTheMeansGradient extends CategoricalSamples {
    private final TaylorResidual residual;

    WithoutTheMeansGradient(GateLayout layout) {
        super(
                layout,
                1,
                new Probe(layout, Probe.Values.BINARY, true, Probe.Upstream.NONE, true),
                new Probe(layout, Probe.Values.RELAXED, true, Probe.Upstream.OPEN, false));
        residual = new TaylorResidual(1, layout.maxRows());
    }

    @Override
    void takeAnswers() {
        System.arraycopy(probabilities(), 0, probe(1).gates(), 0, layout().units());
        residual.take(probe(0), probe(1));
    }

    @Override
    void addGradient(int row, int at, int l, double[] into) {
        for (int j = 0; j < choices(); j++) {
            into[l + j] += score(0, at, l, j) * residual.share(row, rows());
        }
    }
}
