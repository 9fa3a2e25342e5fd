package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import java.util.function.IntPredicate;

/** Open gates of a layer, by block and class of the example. */
final class GateCounts {
    private static final double RARELY = 0.01;

    private final int number;
    private final int[][] open;
    private final int[] ofClass;
    private int examples;
    private double sum;
    private double squares;

    /**
     * @param number of the layer, from 1
     */
    GateCounts(int number, int classes, int blocks) {
        this.number = number;
        this.open = new int[classes][blocks];
        this.ofClass = new int[classes];
    }

    void count(IntPredicate isOpen, int label) {
        int found = 0;
        for (int b = 0; b < open[label].length; b++) {
            if (isOpen.test(b)) {
                open[label][b]++;
                found++;
            }
        }
        ofClass[label]++;
        examples++;
        double share = (double) found / Math.max(1, open[label].length);
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
                within += ofClass[c] == 0 ? 0 : (double) ofClass[c] / examples * bits((double) open[c][b] / ofClass[c]);
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
                (double) varying / Math.max(1, blocks),
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
