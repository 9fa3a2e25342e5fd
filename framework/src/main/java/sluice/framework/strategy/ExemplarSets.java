package sluice.framework.strategy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sluice.framework.internal.state.State;
import sluice.framework.plain.Batch;
import sluice.framework.plain.NearestMeans;

/** Examples that stand for their classes in the space of the last hidden layer, where all vectors have length 1. */
final class ExemplarSets {
    private final int memory;
    private final PlainTraining training;
    private final int features;
    /** Values of that layer. */
    private final int units;

    private final Batch some;
    /** Per output, its exemplars in the order in which they were chosen. */
    private final Batch[] sets;
    /** Per output, the mean of its exemplars. */
    private final float[][] means;

    /**
     * @param memory exemplars of all classes together, at least one for each
     */
    ExemplarSets(int memory, PlainTraining training) {
        int outputs = training.outputs().count();
        this.memory = memory;
        this.training = training;
        this.features = training.network().features();
        this.units = training.network().values(training.network().hiddenBlocks().size() - 1);
        this.some = new Batch(training.network().rows(), features);
        this.sets = new Batch[outputs];
        this.means = new float[outputs][units];
        Arrays.setAll(sets, o -> new Batch(1, features));
    }

    /** Exemplars of all classes. */
    int size() {
        return Stream.of(sets).mapToInt(Batch::size).sum();
    }

    /** Adds one of them to a batch. */
    void addAny(RandomGenerator random, Batch into) {
        int left = random.nextInt(size());
        int output = 0;
        while (left >= sets[output].size()) {
            left -= sets[output++].size();
        }
        into.add(sets[output], left);
    }

    /** What the last hidden layer makes of examples [size][units]. */
    float[][] features(Batch batch) {
        training.forward(batch);
        return NearestMeans.features(training.network(), batch.size());
    }

    /** Makes room for the classes that a task brings and chooses their exemplars; a class that has some keeps them. */
    void choose(LearnedTask task) {
        int each = memory / training.outputs().learning(task.index()).to();
        for (Batch set : sets) {
            set.shorten(Math.min(set.size(), each));
        }
        List<int[]> herded = herded(task, each);
        BitSet wanted = new BitSet(task.size());
        herded.forEach(positions -> IntStream.of(positions).forEach(wanted::set));
        Batch chosen = new Batch(Math.max(1, wanted.cardinality()), features);
        int[] rows = new int[task.size()];
        int[] position = {0};
        task.forEachBatch(batch -> {
            for (int row = 0; row < batch.size(); row++, position[0]++) {
                if (wanted.get(position[0])) {
                    rows[position[0]] = chosen.size();
                    chosen.add(batch, row);
                }
            }
        });
        for (int[] positions : herded) {
            if (positions.length > 0) {
                Batch set = new Batch(positions.length, features);
                IntStream.of(positions).forEach(p -> set.add(chosen, rows[p]));
                sets[set.target(0)] = set;
            }
        }
    }

    /** Per output, where the exemplars of a class without any lie in its task, in the order in which they are chosen. */
    private List<int[]> herded(LearnedTask task, int each) {
        float[][] all = new float[task.size()][];
        List<List<Integer>> positions = new ArrayList<>();
        for (int o = 0; o < sets.length; o++) {
            positions.add(new ArrayList<>());
        }
        int[] position = {0};
        task.forEachBatch(batch -> {
            float[][] found = features(batch);
            for (int row = 0; row < found.length; row++, position[0]++) {
                all[position[0]] = found[row];
                positions.get(batch.target(row)).add(position[0]);
            }
        });
        List<int[]> herded = new ArrayList<>();
        for (int o = 0; o < sets.length; o++) {
            List<Integer> own = positions.get(o);
            boolean chooses = sets[o].size() == 0 && !own.isEmpty();
            int[] members =
                    chooses ? Herding.choose(own.stream().map(p -> all[p]).toList(), each) : new int[0];
            herded.add(IntStream.of(members).map(own::get).toArray());
        }
        return herded;
    }

    /** Tells exemplars and means. */
    void state(State state) {
        for (int o = 0; o < sets.length; o++) {
            State own = state.part("set-" + o);
            if (!own.has("room")) {
                continue;
            }
            int room = own.count("room", sets[o].capacity());
            if (room != sets[o].capacity()) {
                sets[o] = new Batch(room, features);
            }
            sets[o].state(own);
            own.floats("mean", means[o]);
        }
    }

    /** Finds the means of all classes as the network sees their exemplars now. */
    void average() {
        for (int o = 0; o < sets.length; o++) {
            Arrays.fill(means[o], 0);
            for (int start = 0; start < sets[o].size(); start += some.capacity()) {
                some.clear();
                int end = Math.min(sets[o].size(), start + some.capacity());
                for (int row = start; row < end; row++) {
                    some.add(sets[o], row);
                }
                for (float[] found : features(some)) {
                    Herding.add(means[o], found);
                }
            }
            NearestMeans.scale(means[o]);
        }
    }

    /** How classes are told apart, as they stand. */
    NearestMeans answering() {
        return new NearestMeans(
                means, Stream.of(sets).mapToInt(set -> set.size() > 0 ? 1 : 0).toArray());
    }

    /** Room for exemplars, full or not, and means. */
    long bytes() {
        return bytes(memory, features, units, means.length);
    }

    static long bytes(int memory, int features, long units, int outputs) {
        return ReplayMemory.bytes(memory, features) + (long) Float.BYTES * units * outputs;
    }
}
