package sluice.framework.strategy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import sluice.framework.dense.Batch;
import sluice.framework.dense.ParameterBlock;

/** Examples that stand for their classes in the space of the last hidden layer, where all vectors have length 1. */
final class ExemplarSets {
    private final int perClass;
    private final DenseTraining training;
    private final int lastHidden;
    private final int units;
    private final Batch exemplars;
    private final Batch some;
    /** Per output, the mean of its exemplars. */
    private final float[][] means;
    /** Per output, whether there are any. */
    private final boolean[] chosen;

    ExemplarSets(int perClass, DenseTraining training) {
        List<ParameterBlock> blocks = training.network().blocks();
        int inputs = blocks.get(0).inputs();
        int outputs = training.outputs().count();
        this.perClass = perClass;
        this.training = training;
        this.lastHidden = blocks.size() - 2;
        this.units = blocks.get(lastHidden).units();
        this.exemplars = new Batch(Math.multiplyExact(perClass, outputs), inputs);
        this.some = new Batch(training.network().rows(), inputs);
        this.means = new float[outputs][units];
        this.chosen = new boolean[outputs];
    }

    /** Exemplars of all classes. */
    int size() {
        return exemplars.size();
    }

    /** Adds one of them to a batch. */
    void addAny(RandomGenerator random, Batch into) {
        into.add(exemplars, random.nextInt(exemplars.size()));
    }

    /** What the last hidden layer makes of examples [size][units]. */
    float[][] features(Batch batch) {
        training.forward(batch);
        float[] values = training.network().hidden(lastHidden);
        float[][] features = new float[batch.size()][];
        for (int row = 0; row < features.length; row++) {
            features[row] = Arrays.copyOfRange(values, row * units, (row + 1) * units);
            Herding.scale(features[row]);
        }
        return features;
    }

    /** Chooses exemplars of the classes that a task brings; a class that has some keeps them. */
    void choose(LearnedTask task) {
        boolean[] wanted = herded(task);
        int[] position = {0};
        task.forEachBatch(batch -> {
            for (int row = 0; row < batch.size(); row++, position[0]++) {
                if (wanted[position[0]]) {
                    exemplars.add(batch, row);
                    chosen[batch.target(row)] = true;
                }
            }
        });
    }

    private boolean[] herded(LearnedTask task) {
        float[][] features = new float[task.size()][];
        List<List<Integer>> positions = new ArrayList<>();
        for (int o = 0; o < means.length; o++) {
            positions.add(new ArrayList<>());
        }
        int[] position = {0};
        task.forEachBatch(batch -> {
            float[][] found = features(batch);
            for (int row = 0; row < found.length; row++, position[0]++) {
                features[position[0]] = found[row];
                positions.get(batch.target(row)).add(position[0]);
            }
        });
        boolean[] wanted = new boolean[features.length];
        for (int o = 0; o < means.length; o++) {
            List<Integer> own = positions.get(o);
            if (!chosen[o] && !own.isEmpty()) {
                List<float[]> members = own.stream().map(p -> features[p]).toList();
                for (int member : Herding.choose(members, perClass)) {
                    wanted[own.get(member)] = true;
                }
            }
        }
        return wanted;
    }

    /** Finds the means of all classes as the network sees their exemplars now. */
    void average() {
        for (float[] mean : means) {
            Arrays.fill(mean, 0);
        }
        for (int start = 0; start < exemplars.size(); start += some.capacity()) {
            some.clear();
            int end = Math.min(exemplars.size(), start + some.capacity());
            for (int row = start; row < end; row++) {
                some.add(exemplars, row);
            }
            float[][] features = features(some);
            for (int row = 0; row < features.length; row++) {
                Herding.add(means[some.target(row)], features[row]);
            }
        }
        for (float[] mean : means) {
            Herding.scale(mean);
        }
    }

    /** The squared distance of a vector to a class's mean; infinite without exemplars. */
    float squaredDistance(float[] feature, int output) {
        double distance = chosen[output] ? 0 : Double.POSITIVE_INFINITY;
        for (int i = 0; i < units; i++) {
            double way = feature[i] - means[output][i];
            distance += way * way;
        }
        return (float) distance;
    }

    /** Room for exemplars, full or not, and means. */
    long bytes() {
        long eachExemplar = (long) Float.BYTES * exemplars.features() + 2L * Integer.BYTES;
        return eachExemplar * exemplars.capacity() + (long) Float.BYTES * units * means.length;
    }
}
