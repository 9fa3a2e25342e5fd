package sluice.framework.inference;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import sluice.framework.gates.ConsolidatedTask;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.layer.Layer;
import sluice.framework.layer.UnitNormalisation;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.NetworkParts;
import sluice.gating.Subnetwork;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/**
 * All subnetworks of a network in one pass, a unit's gate being the sum of the shares of the tasks that have it open, and the logits those of
 * all heads by their shares. How the entropy of that answer would change with a task's share tells whether the task is the example's:
 * half of the tasks, those by which it would fall least, go, until one is left (SupSup, Wortsman et al. 2020, section 3.3, "binary").
 */
final class SuperposedSubnetworks {
    private final Normalisation normalisation;
    private final ImmutableList<Layer> layers;
    private final ImmutableList<Member> members;
    private final int outputs;

    /** The subnetwork and head of a task. */
    private record Member(List<int[]> open, Layer head, int[] outputs) {}

    /**
     * What the superposition says of an example.
     *
     * @param entropy of its answer, in nats
     * @param slopes its derivative by the share of each task
     */
    record Point(double entropy, double[] slopes) {}

    private SuperposedSubnetworks(
            Normalisation normalisation, ImmutableList<Layer> layers, ImmutableList<Member> members, int outputs) {
        this.normalisation = normalisation;
        this.layers = layers;
        this.members = members;
        this.outputs = outputs;
    }

    /**
     * {@return the subnetworks of the first tasks that a network knows}
     *
     * @param network of layers that {@linkplain #fits fit}
     * @param tasks how many
     */
    static SuperposedSubnetworks of(GatedNetwork network, int tasks) {
        NetworkParts parts = network.parts();
        List<String> names = network.tasks().subList(0, tasks);
        int[] labels = names.stream()
                .flatMap(name -> network.classes(name).stream())
                .mapToInt(label -> label)
                .distinct()
                .sorted()
                .toArray();
        ImmutableList.Builder<Member> members = ImmutableList.builder();
        for (String name : names) {
            ConsolidatedTask task = parts.state(name);
            Subnetwork subnetwork = network.subnetwork(name);
            members.add(new Member(
                    subnetwork.layers().stream().map(units -> units.toArray()).toList(),
                    task.head(),
                    task.classes().stream()
                            .mapToInt(label -> Arrays.binarySearch(labels, label))
                            .toArray()));
        }
        return new SuperposedSubnetworks(network.normalisation(), parts.layers(), members.build(), labels.length);
    }

    /** {@return whether the subnetworks of networks of such layers can be laid over each other} */
    static boolean fits(List<Layer> layers) {
        return layers.stream()
                .map(Layer::connection)
                .allMatch(connection -> connection.maps().isEmpty()
                        && connection.weightsPerUnitBelow() == 1
                        && connection.normalisation().equals(UnitNormalisation.NONE));
    }

    /** {@return by example, the place of the task that is left} */
    int[] find(Examples examples, Lanes lanes) {
        int[] found = new int[examples.size()];
        lanes.run(
                lane -> {
                    Pass pass = new Pass();
                    float[] row = new float[examples.features()];
                    for (int i = lane.index(); i < found.length; i += lane.count()) {
                        examples.read(i, row);
                        found[i] = pass.find(row);
                    }
                },
                multiplyAdds() * examples.size());
        return found;
    }

    /** {@return multiply-adds of {@link #find} of an example} */
    long multiplyAdds() {
        long heads = members.stream()
                .mapToLong(member -> member.head().weights().length)
                .sum();
        long upper = layers.stream().skip(1).mapToLong(Layer::multiplyAdds).sum();
        long all = members.size() > 1 ? layers.get(0).multiplyAdds() : 0;
        for (int left = members.size(); left > 1; left = (left + 1) / 2) {
            all += 2 * (upper + heads * left / members.size());
        }
        return all;
    }

    /**
     * {@return the answer to an example}
     *
     * @param row raw features
     * @param shares by task
     */
    Point at(float[] row, double[] shares) {
        Pass pass = new Pass();
        pass.readRow(row.clone());
        return pass.at(shares, IntStream.range(0, shares.length).toArray());
    }

    /** Goes up and down the layers for one example at a time. */
    private final class Pass {
        private final double[][] rectified;
        private final double[][] gates;
        private final double[] gradient;
        private final double[] below;
        private final int[] nonZero;

        Pass() {
            this.rectified =
                    layers.stream().map(layer -> new double[layer.units()]).toArray(double[][]::new);
            this.gates = layers.stream().map(layer -> new double[layer.units()]).toArray(double[][]::new);
            int widest = layers.stream()
                    .mapToInt(layer -> Math.max(layer.units(), layer.inputs()))
                    .max()
                    .orElseThrow();
            this.gradient = new double[widest];
            this.below = new double[widest];
            this.nonZero = new int[widest];
        }

        int find(float[] row) {
            int[] left = IntStream.range(0, members.size()).toArray();
            if (left.length > 1) {
                readRow(row);
            }
            while (left.length > 1) {
                double[] shares = new double[members.size()];
                for (int task : left) {
                    shares[task] = 1.0 / left.length;
                }
                double[] slopes = at(shares, left).slopes();
                left = IntStream.of(left)
                        .boxed()
                        .sorted((one, other) -> Double.compare(slopes[one], slopes[other]))
                        .limit((left.length + 1) / 2)
                        .mapToInt(task -> task)
                        .sorted()
                        .toArray();
            }
            return left[0];
        }

        /** The lowest layer is the same whatever the shares. */
        void readRow(float[] row) {
            normalisation.apply(row);
            for (int i = 0; i < row.length; i++) {
                below[i] = row[i];
            }
            rectify(0);
        }

        private void rectify(int l) {
            Layer layer = layers.get(l);
            int count = 0;
            for (int i = 0; i < layer.inputs(); i++) {
                if (below[i] != 0) {
                    nonZero[count++] = i;
                }
            }
            for (int unit = 0; unit < layer.units(); unit++) {
                double sum = layer.biases()[unit];
                int from = unit * layer.inputs();
                for (int k = 0; k < count; k++) {
                    sum += layer.weights()[from + nonZero[k]] * below[nonZero[k]];
                }
                rectified[l][unit] = Math.max(0, sum);
            }
        }

        Point at(double[] shares, int[] left) {
            for (int l = 0; l < gates.length; l++) {
                Arrays.fill(gates[l], 0);
                for (int task : left) {
                    for (int unit : members.get(task).open().get(l)) {
                        gates[l][unit] += shares[task];
                    }
                }
            }
            for (int l = 1; l < gates.length; l++) {
                for (int unit = 0; unit < gates[l - 1].length; unit++) {
                    below[unit] = rectified[l - 1][unit] * gates[l - 1][unit];
                }
                rectify(l);
            }
            double[] slopes = new double[members.size()];
            double entropy = heads(shares, left, slopes);
            for (int l = layers.size() - 1; l > 0; l--) {
                down(l, left, slopes);
            }
            return new Point(entropy, slopes);
        }

        /** Answers, and leaves the gradient by what the highest layer's ReLU passes on, which gates of heads alone meet. */
        private double heads(double[] shares, int[] left, double[] slopes) {
            double[] top = rectified[rectified.length - 1];
            double[] sums = new double[outputs];
            boolean[] asked = new boolean[outputs];
            double[][] own = new double[members.size()][];
            for (int task : left) {
                own[task] = logits(members.get(task), top);
                for (int c = 0; c < own[task].length; c++) {
                    int output = members.get(task).outputs()[c];
                    sums[output] += shares[task] * own[task][c];
                    asked[output] = true;
                }
            }
            double[] bySum = new double[outputs];
            double entropy = entropy(sums, asked, bySum);
            Arrays.fill(gradient, 0);
            for (int task : left) {
                Member member = members.get(task);
                int[] open = member.open().get(rectified.length - 1);
                for (int c = 0; c < own[task].length; c++) {
                    double slope = bySum[member.outputs()[c]];
                    slopes[task] += slope * own[task][c];
                    for (int k = 0; k < open.length; k++) {
                        gradient[open[k]] +=
                                shares[task] * slope * member.head().weights()[c * open.length + k];
                    }
                }
            }
            return entropy;
        }

        /** From the gradient by what a layer's ReLU passes on to that of the layer below. */
        private void down(int l, int[] left, double[] slopes) {
            Layer layer = layers.get(l);
            Arrays.fill(below, 0);
            for (int unit = 0; unit < layer.units(); unit++) {
                if (rectified[l][unit] > 0 && gradient[unit] != 0) {
                    int from = unit * layer.inputs();
                    for (int i = 0; i < layer.inputs(); i++) {
                        below[i] += gradient[unit] * layer.weights()[from + i];
                    }
                }
            }
            for (int task : left) {
                for (int unit : members.get(task).open().get(l - 1)) {
                    slopes[task] += below[unit] * rectified[l - 1][unit];
                }
            }
            for (int unit = 0; unit < layer.inputs(); unit++) {
                gradient[unit] = below[unit] * gates[l - 1][unit];
            }
        }
    }

    private static double[] logits(Member member, double[] top) {
        Layer head = member.head();
        int[] open = member.open().get(member.open().size() - 1);
        double[] logits = new double[head.units()];
        for (int c = 0; c < logits.length; c++) {
            logits[c] = head.biases()[c];
            for (int k = 0; k < open.length; k++) {
                logits[c] += head.weights()[c * open.length + k] * top[open[k]];
            }
        }
        return logits;
    }

    /** Of the softmax over some of the sums, and its derivative by these. */
    private static double entropy(double[] sums, boolean[] asked, double[] bySum) {
        int[] some = IntStream.range(0, sums.length).filter(c -> asked[c]).toArray();
        double most = IntStream.of(some).mapToDouble(c -> sums[c]).max().orElseThrow();
        double all =
                IntStream.of(some).mapToDouble(c -> Math.exp(sums[c] - most)).sum();
        double entropy = 0;
        for (int c : some) {
            double logarithm = sums[c] - most - Math.log(all);
            entropy -= Math.exp(logarithm) * logarithm;
        }
        for (int c : some) {
            double logarithm = sums[c] - most - Math.log(all);
            bySum[c] = -Math.exp(logarithm) * (logarithm + entropy);
        }
        return entropy;
    }
}
