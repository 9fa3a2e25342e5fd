package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import sluice.tasks.Examples;

/**
 * What the gates of a layer do on test examples that reach it: whether they hang on the example at all.
 *
 * @param layer from 1, the lowest of the network
 * @param examples that reach it
 * @param open blocks of an example, share, mean
 * @param deviation of that share among examples
 * @param varying share of the blocks that are open for at least 1 % and at most 99 % of the examples
 * @param information about the class in a block's gate, in bits, mean over blocks
 * @param ofClass entropy of the class, in bits: what a gate could tell at the most
 * @param classes [classes][blocks] share of a class's examples that have a block open
 */
public record GateUse(
        int layer,
        int examples,
        double open,
        double deviation,
        double varying,
        double information,
        double ofClass,
        ImmutableList<ImmutableList<Double>> classes) {
    /** Of every gated layer, the lowest first. */
    static ImmutableList<GateUse> of(ExitModel model, Examples test, ExitRule rule) {
        Counts counts = new Counts(model, test, rule);
        if (counts.layers.isEmpty()) {
            return ImmutableList.of();
        }
        try (ExitPass pass = model.pass(Math.max(1, Math.min(test.size(), ExitModel.ROWS)))) {
            pass.run(test, counts);
        }
        return counts.layers.stream().map(layer -> layer.counts().use()).collect(ImmutableList.toImmutableList());
    }

    /** {@return a line that tells it} */
    String line() {
        return String.format(
                Locale.ROOT,
                "gates of layer %-3d%.1f %% open for an example (deviation %.1f), %.0f %% of them vary, each tells %.3f bits about the class (of %.2f)",
                layer,
                100 * open,
                100 * deviation,
                100 * varying,
                information,
                ofClass);
    }

    /** Counts open gates by layer, block and class. */
    private record Placed(int part, int index, GateCounts counts) {}

    /** Counts those that compute a part. */
    private static final class Counts implements ExitPass.Heads {
        private final List<Placed> layers = new ArrayList<>();
        private final Examples test;
        private final ExitRule rule;
        private final Confidence confidence;

        Counts(ExitModel model, Examples test, ExitRule rule) {
            ExitShape shape = model.shape();
            this.confidence = model.confidence();
            this.test = test;
            this.rule = rule;
            int at = 0;
            for (int p = 0; p < shape.exits(); p++) {
                ImmutableList<ExitLayer> of = shape.parts().get(p).layers();
                for (int l = 0; l < of.size(); l++) {
                    at++;
                    if (of.get(l).gater().isPresent()) {
                        layers.add(new Placed(
                                p,
                                l,
                                new GateCounts(at, shape.classes(), of.get(l).blocks())));
                    }
                }
            }
        }

        @Override
        public void computed(int example, int part, CompiledPart compiled, int row) {
            for (Placed layer : layers) {
                if (layer.part == part) {
                    CompiledUnits units = compiled.layers().get(layer.index);
                    layer.counts.count(block -> units.isOpen(row, block), test.label(example));
                }
            }
        }

        @Override
        public boolean answered(int example, int part, float[] logits, long multiplyAdds) {
            return rule.goesOn(part, confidence.of(part, logits));
        }
    }
}
