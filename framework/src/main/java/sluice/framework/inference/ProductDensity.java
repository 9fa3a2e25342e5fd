package sluice.framework.inference;

import com.google.common.base.Ascii;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.state.State;
import sluice.tasks.Examples;
import sluice.tasks.Task;

/** A density per task that is a product over raw features: naive Bayes with tasks in the place of classes. */
final class ProductDensity extends DensityPerTask {
    /** Of the mean variance of the first task's features: what every variance is raised by. */
    private static final double FLOOR = 0.01;

    /** Examples that are summed up by themselves: the same bits, however many lanes there are. */
    private static final int CHUNK = 2048;

    private static final float BYTE = 255;

    private final ProductForm form;
    private final int features;
    private final RacedScores raced;
    private final List<Sums> tasks = new ArrayList<>();
    private InputScale scale = new InputScale(0, 1);
    /** Features, the half of them first that varies most in the first task. */
    private int[] order = {};

    private double floor;
    private ProductScores.Background background;

    private static final class Sums {
        private final double[] sum;
        private final double[] squares;
        private long count;
        private boolean changed = true;

        Sums(int features) {
            this.sum = new double[features];
            this.squares = new double[features];
        }
    }

    ProductDensity(ProductForm form, int features, Lanes lanes) {
        super(lanes);
        this.form = form;
        this.features = features;
        this.raced = new RacedScores(features * form.perFeature(), form.perFeature());
        this.background = new ProductScores.Background(new float[form.perFeature()], 0);
    }

    @Override
    public String word() {
        return Ascii.toLowerCase(form.name());
    }

    @Override
    public void add(int place, Task task, int[] rows) {
        add(place, task.train(), rows);
    }

    /** Adds examples of nothing but features. */
    void add(int place, Examples examples, int[] rows) {
        if (place == tasks.size()) {
            tasks.add(new Sums(features));
        }
        if (place == 0 && tasks.get(0).count == 0) {
            scale = InputScale.of(examples, rows);
        }
        Sums sums = tasks.get(place);
        Sums[] parts = new Sums[(rows.length + CHUNK - 1) / CHUNK];
        lanes.run(
                lane -> {
                    for (int part = lane.index(); part < parts.length; part += lane.count()) {
                        parts[part] = sums(examples, rows, part * CHUNK, Math.min(rows.length, (part + 1) * CHUNK));
                    }
                },
                (long) rows.length * features);
        for (Sums part : parts) {
            for (int i = 0; i < features; i++) {
                sums.sum[i] += part.sum[i];
                sums.squares[i] += part.squares[i];
            }
        }
        sums.count += rows.length;
        sums.changed = true;
    }

    private Sums sums(Examples examples, int[] rows, int from, int end) {
        Sums sums = new Sums(features);
        if (addBytes(sums, examples, rows, from, end)) {
            return sums;
        }
        float[] row = new float[features];
        for (int r = from; r < end; r++) {
            examples.read(rows[r], row);
            for (int i = 0; i < features; i++) {
                double value = bounded(scale.of(row[i]));
                sums.sum[i] += value;
                sums.squares[i] += value * value;
            }
        }
        return sums;
    }

    /** By exact sums of bytes where there are such, so far as no scaled byte is out of bounds. */
    private boolean addBytes(Sums sums, Examples examples, int[] rows, int from, int end) {
        boolean within = bounded(scale.of(0)) == scale.of(0) && bounded(scale.of(BYTE)) == scale.of(BYTE);
        long[] bytes = new long[features];
        long[] squares = new long[features];
        if (!within || !examples.addBytes(rows, from, end, bytes, squares)) {
            return false;
        }
        double shift = scale.shift();
        double factor = scale.factor();
        double count = end - from;
        for (int i = 0; i < features; i++) {
            sums.sum[i] = factor * (bytes[i] - shift * count);
            sums.squares[i] = factor * factor * (squares[i] - 2 * shift * bytes[i] + shift * shift * count);
        }
        return true;
    }

    /** Tasks that have sums. */
    int tasks() {
        return tasks.size();
    }

    /**
     * How far the mean of examples is from that of a task: by feature the square of the difference over what it would be by chance, mean over features. It is
     * about 1 of the task's own examples, however features hang together.
     */
    double departure(int task, Examples examples) {
        double[] sum = new double[features];
        float[] row = new float[features];
        for (int r = 0; r < examples.size(); r++) {
            examples.read(r, row);
            for (int i = 0; i < features; i++) {
                sum[i] += bounded(scale.of(row[i]));
            }
        }
        Sums own = tasks.get(task);
        double chance = 1.0 / examples.size() + 1.0 / own.count;
        double all = 0;
        for (int i = 0; i < features; i++) {
            double mean = own.sum[i] / own.count;
            double variance = Math.max(0, own.squares[i] / own.count - mean * mean) + floor;
            double difference = sum[i] / examples.size() - mean;
            all += difference * difference / (variance * chance);
        }
        return all / features;
    }

    private double bounded(double value) {
        // comparisons, as the library's least and most take several times as long
        return form != ProductForm.BERNOULLI || (value >= 0 && value <= 1) ? value : value > 1 ? 1 : 0;
    }

    @Override
    public void solve() {
        if (order.length == 0) {
            begin();
        }
        for (int task = 0; task < tasks.size(); task++) {
            if (tasks.get(task).changed) {
                set(task);
                tasks.get(task).changed = false;
            }
        }
        changed();
    }

    /** What all tasks have of the first. */
    private void begin() {
        Sums sums = tasks.get(0);
        double[] variances = IntStream.range(0, features)
                .mapToDouble(i -> {
                    double mean = sums.sum[i] / sums.count;
                    return Math.max(0, sums.squares[i] / sums.count - mean * mean);
                })
                .toArray();
        double mean = Arrays.stream(variances).average().orElse(0);
        floor = mean > 0 ? FLOOR * mean : 1;
        background = ProductScores.Background.of(
                form,
                new ProductForm.FeatureMoments(
                        (double) sums.count * features,
                        Arrays.stream(sums.sum).sum(),
                        Arrays.stream(sums.squares).sum()),
                floor);
        order = IntStream.range(0, features)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -variances[i]))
                .mapToInt(i -> i)
                .toArray();
        shuffle();
    }

    /** The half that varies most is dealt anew: neighbouring pixels, which vary alike, tell the same twice. */
    private void shuffle() {
        RandomGenerator random = new SplittableRandom(features);
        for (int k = features / 2 - 1; k > 0; k--) {
            int other = random.nextInt(k + 1);
            int kept = order[k];
            order[k] = order[other];
            order[other] = kept;
        }
    }

    private void set(int task) {
        Sums sums = tasks.get(task);
        int each = form.perFeature();
        float[] weights = new float[features * each];
        double[] constants = new double[features * each];
        for (int k = 0; k < features; k++) {
            int i = order[k];
            constants[k * each] = form.weigh(
                    new ProductForm.FeatureMoments(sums.count, sums.sum[i], sums.squares[i]), floor, weights, k * each);
        }
        raced.set(task, weights, constants);
    }

    @Override
    ProductScores scores() {
        return new ProductScores(form, scale, order, raced, background);
    }

    @Override
    public long bytes() {
        return (long) tasks.size() * features * (2L * Double.BYTES + (long) form.perFeature() * Float.BYTES);
    }

    @Override
    public void state(State state, int count) {
        float[] range = {scale.shift(), scale.factor()};
        state.floats("scale", range);
        scale = new InputScale(range[0], range[1]);
        order = order.length == 0 ? new int[features] : order;
        state.ints("order", order);
        floor = state.number("floor", floor);
        state.floats("background", background.weights());
        background = new ProductScores.Background(
                background.weights(), state.number("background-constant", background.constant()));
        for (int task = 0; task < count; task++) {
            if (task == tasks.size()) {
                tasks.add(new Sums(features));
            }
            Sums sums = tasks.get(task);
            state.doubles("sum-" + task, sums.sum);
            state.doubles("squares-" + task, sums.squares);
            sums.count = state.count("count-" + task, sums.count);
        }
        if (state.restores()) {
            solve();
        }
    }
}
