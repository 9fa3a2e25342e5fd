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
    private static final double RARELY = 0.01;

    /** Of every gated layer, the lowest first. */
    static ImmutableList<GateUse> of(ExitModel model, Examples test, ExitRule rule) {
        Counts counts = new Counts(model.shape(), test, rule);
        if (counts.layers.isEmpty()) {
            return ImmutableList.of();
        }
        try (ExitPass pass = model.pass(Math.max(1, Math.min(test.size(), ExitModel.ROWS)))) {
            pass.run(test, counts);
        }
        return counts.layers.stream().map(Counts.Layer::use).collect(ImmutableList.toImmutableList());
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
    private static final class Counts implements ExitPass.Heads {
        private final List<Layer> layers = new ArrayList<>();
        private final Examples test;
        private final ExitRule rule;

        Counts(ExitShape shape, Examples test, ExitRule rule) {
            this.test = test;
            this.rule = rule;
            int at = 0;
            for (int p = 0; p < shape.exits(); p++) {
                ImmutableList<ExitLayer> of = shape.parts().get(p).layers();
                for (int l = 0; l < of.size(); l++) {
                    at++;
                    if (of.get(l).gater().isPresent()) {
                        layers.add(
                                new Layer(p, l, at, shape.classes(), of.get(l).blocks()));
                    }
                }
            }
        }

        @Override
        public void computed(int example, int part, CompiledPart compiled, int row) {
            for (Layer layer : layers) {
                if (layer.part == part) {
                    layer.count(compiled.layers().get(layer.index), row, test.label(example));
                }
            }
        }

        @Override
        public boolean answered(int example, int part, float[] logits, long multiplyAdds) {
            return rule.goesOn(part, Margins.softmax(logits));
        }

        private static final class Layer {
            private final int part;
            private final int index;
            private final int number;
            private final int[][] open;
            private final int[] ofClass;
            private int examples;
            private double sum;
            private double squares;

            Layer(int part, int index, int number, int classes, int blocks) {
                this.part = part;
                this.index = index;
                this.number = number;
                this.open = new int[classes][blocks];
                this.ofClass = new int[classes];
            }

            void count(CompiledUnits units, int row, int label) {
                int found = 0;
                for (int b = 0; b < open[label].length; b++) {
                    if (units.isOpen(row, b)) {
                        open[label][b]++;
                        found++;
                    }
                }
                ofClass[label]++;
                examples++;
                double share = (double) found / open[label].length;
                sum += share;
                squares += share * share;
            }

            GateUse use() {
                int blocks = open[0].length;
                double information = 0;
                int varying = 0;
                for (int b = 0; b < blocks; b++) {
                    double share = 0;
                    double within = 0;
                    for (int c = 0; c < ofClass.length; c++) {
                        share += examples == 0 ? 0 : (double) open[c][b] / examples;
                        within += ofClass[c] == 0
                                ? 0
                                : (double) ofClass[c] / examples * bits((double) open[c][b] / ofClass[c]);
                    }
                    information += Math.max(0, bits(share) - within) / blocks;
                    varying += share >= RARELY && share <= 1 - RARELY ? 1 : 0;
                }
                double entropy = 0;
                for (int count : ofClass) {
                    entropy += count == 0 ? 0 : part((double) count / examples);
                }
                double mean = examples == 0 ? 0 : sum / examples;
                return new GateUse(
                        number,
                        examples,
                        mean,
                        examples == 0 ? 0 : Math.sqrt(Math.max(0, squares / examples - mean * mean)),
                        (double) varying / blocks,
                        information,
                        entropy,
                        shares());
            }

            private ImmutableList<ImmutableList<Double>> shares() {
                ImmutableList.Builder<ImmutableList<Double>> all = ImmutableList.builder();
                for (int c = 0; c < ofClass.length; c++) {
                    ImmutableList.Builder<Double> one = ImmutableList.builder();
                    for (int count : open[c]) {
                        one.add(ofClass[c] == 0 ? 0 : (double) count / ofClass[c]);
                    }
                    all.add(one.build());
                }
                return all.build();
            }

            private static double bits(double p) {
                return part(p) + part(1 - p);
            }

            private static double part(double p) {
                return p <= 0 ? 0 : -p * Math.log(p) / Math.log(2);
            }
        }
    }
}
