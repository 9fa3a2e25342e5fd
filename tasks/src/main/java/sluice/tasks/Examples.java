package sluice.tasks;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Labelled examples: rows of raw features [size, features] with a label each, or with a {@linkplain #withTargets number} that is to be
 * predicted. A selection, and a view through a feature map, share the features with the examples that they were taken from: no row is
 * ever copied. Immutable.
 */
public final class Examples {
    /** The squares of so many bytes add up to an int. */
    private static final int MOST_ADDED = 30_000;

    private final RawFeatures values;
    private final FeatureMap map;
    /** What the map does, in the way that takes least time. */
    private final FeatureMap reading;

    private final int[] rows;
    private final int[] labels;
    private final Optional<Targets> targets;
    private final Optional<TargetScale> scale;

    private Examples(
            RawFeatures values,
            FeatureMap map,
            FeatureMap reading,
            int[] rows,
            int[] labels,
            Optional<Targets> targets) {
        this.values = values;
        this.map = map;
        this.reading = reading;
        this.rows = rows;
        this.labels = labels;
        this.targets = targets;
        this.scale = targets.map(Targets::scale);
    }

    /**
     * Examples from one row-major array, which is kept, not copied.
     *
     * @param values features [labels.length * features], finite
     * @param features features per row, at least 1
     * @param labels a label per row, each at least 0
     * @return the examples
     * @throws IllegalArgumentException if the counts differ, or a value is not finite, or a label is negative
     */
    public static Examples of(float[] values, int features, int[] labels) {
        checkCount(values.length, features, labels);
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException("value must be finite, got %s at row %d, feature %d"
                        .formatted(values[i], i / features, i % features));
            }
        }
        return of(new RawFeatures.Floats(values), features, labels);
    }

    /**
     * Examples whose features are whole numbers from 0 to 255, as grey values are, in a quarter of the memory; one row-major array,
     * which is kept, not copied.
     *
     * @param values features [labels.length * features], unsigned bytes
     * @param features features per row, at least 1
     * @param labels a label per row, each at least 0
     * @return the examples
     * @throws IllegalArgumentException if the counts differ, or a label is negative
     */
    public static Examples ofBytes(byte[] values, int features, int[] labels) {
        checkCount(values.length, features, labels);
        return of(new RawFeatures.Bytes(values), features, labels);
    }

    private static void checkCount(int values, int features, int[] labels) {
        checkArgument(features >= 1, "features must be at least 1, got %s", features);
        checkArgument(
                values == (long) labels.length * features,
                "%s labels of %s features each need %s values, got %s",
                labels.length,
                features,
                (long) labels.length * features,
                values);
    }

    private static Examples of(RawFeatures values, int features, int[] labels) {
        for (int i = 0; i < labels.length; i++) {
            checkArgument(labels[i] >= 0, "label must be at least 0, got %s at row %s", labels[i], i);
        }
        FeatureMap asTheyAre = new FeatureMap.Identity(features);
        return new Examples(
                values,
                asTheyAre,
                asTheyAre,
                IntStream.range(0, labels.length).toArray(),
                labels.clone(),
                Optional.empty());
    }

    /**
     * Examples from an array of rows, which are copied.
     *
     * @param rows features [size][features], all rows of one length, finite; at least one row
     * @param labels a label per row, each at least 0
     * @return the examples
     * @throws IllegalArgumentException if the counts differ, rows differ in length, or a value is not finite
     */
    public static Examples of(float[][] rows, int[] labels) {
        checkArgument(rows.length > 0, "there must be at least one example");
        checkArgument(rows.length == labels.length, "%s rows but %s labels", rows.length, labels.length);
        int features = rows[0].length;
        float[] values = new float[Math.multiplyExact(rows.length, features)];
        for (int i = 0; i < rows.length; i++) {
            checkArgument(
                    rows[i].length == features, "row %s has %s features, row 0 has %s", i, rows[i].length, features);
            System.arraycopy(rows[i], 0, values, i * features, features);
        }
        return of(values, features, labels);
    }

    /**
     * {@return no examples}
     *
     * @param features that each would have, at least 1
     */
    public static Examples none(int features) {
        return of(new float[0], features, new int[0]);
    }

    /**
     * Some of these examples, in the order given, with new labels.
     *
     * @param indices positions in these examples
     * @param relabel old label to new label
     * @return a view that shares the features
     */
    public Examples select(int[] indices, IntUnaryOperator relabel) {
        int[] chosenRows = new int[indices.length];
        int[] chosenLabels = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            checkElementIndex(indices[i], rows.length, "example");
            chosenRows[i] = rows[indices[i]];
            chosenLabels[i] = relabel.applyAsInt(labels[indices[i]]);
        }
        return new Examples(values, map, reading, chosenRows, chosenLabels, targets.map(all -> all.select(indices)));
    }

    /**
     * These examples with their features mapped, each time that one is read.
     *
     * @param other for as many features
     * @return a view that shares features and labels
     * @throws IllegalArgumentException if the map is for another number of features, or these examples go through a map
     *     already
     */
    public Examples through(FeatureMap other) {
        checkArgument(
                map instanceof FeatureMap.Identity,
                "these examples go through a map already (%s): map those that it was given",
                map);
        checkArgument(
                other.features() == features(),
                "a map of %s features cannot serve examples of %s",
                other.features(),
                features());
        FeatureMap quick = other instanceof FeatureMap.Permutation order
                ? new ChosenFeatures(map, order.order().toArray())
                : other;
        return new Examples(values, other, quick, rows, labels, targets);
    }

    /**
     * {@return these examples with a number each that is to be predicted; their labels are all 0 from now on}
     *
     * @param numbers one per example, in the target's own units, finite
     * @param scale by which a network learns them
     * @throws IllegalArgumentException if there are not as many, or one is not finite, or is not by that scale
     */
    public Examples withTargets(double[] numbers, TargetScale scale) {
        checkArgument(numbers.length == rows.length, "%s examples, but %s targets", rows.length, numbers.length);
        return new Examples(values, map, reading, rows, new int[rows.length], Optional.of(Targets.of(numbers, scale)));
    }

    /** {@return the scale of the numbers that are to be predicted; empty of examples of classes} */
    public Optional<TargetScale> scale() {
        return scale;
    }

    /**
     * {@return the number that is to be predicted, by the {@link #scale}}
     *
     * @param index position, from 0
     * @throws java.util.NoSuchElementException if these are examples of classes
     */
    public float target(int index) {
        return targets.orElseThrow().scaled()[index];
    }

    /** {@return what is to be predicted of each example, in the target's own units; none of examples of classes} */
    public double[] targets() {
        return targets.map(all -> all.numbers().clone()).orElseGet(() -> new double[0]);
    }

    /** {@return number of examples} */
    public int size() {
        return rows.length;
    }

    /** {@return features per example} */
    public int features() {
        return map.features();
    }

    /**
     * {@return its label}
     *
     * @param index position, from 0
     */
    public int label(int index) {
        return labels[index];
    }

    /** {@return a copy of the labels} */
    public int[] labels() {
        return labels.clone();
    }

    /** {@return the labels that occur, ascending} */
    public int[] distinctLabels() {
        return Arrays.stream(labels).distinct().sorted().toArray();
    }

    /**
     * Writes an example's features, after its map; allocates nothing.
     *
     * @param index position, from 0
     * @param into takes {@link #features} values, from 0 on; may be longer
     */
    public void read(int index, float[] into) {
        values.read(reading, rows[index], into);
    }

    /**
     * {@return for each feature, whether an example has another value than this one}
     *
     * @param value any
     */
    public boolean[] differing(float value) {
        return values.differing(reading, rows, value);
    }

    /**
     * These examples with some of their features alone.
     *
     * @param chosen which feature comes first, which second, ...; at least one
     * @return a view that shares features and labels
     * @throws IndexOutOfBoundsException if there is no such feature
     * @throws IllegalArgumentException if features are {@linkplain #computed computed}
     */
    public Examples features(int[] chosen) {
        FeatureMap some = new ChosenFeatures(map, chosen);
        return new Examples(values, some, some, rows, labels, targets);
    }

    /**
     * Adds up what some examples have of each feature, and the squares of that, exactly: where features are bytes that are merely
     * found, which is many times as fast as to read them.
     *
     * @param indices positions in these examples
     * @param from the first of the indices
     * @param end the index after the last; at most 30,000 in all
     * @param sums by feature, added to
     * @param squares by feature, added to
     * @return whether that was done; else nothing was
     */
    public boolean addBytes(int[] indices, int from, int end, long[] sums, long[] squares) {
        checkArgument(end - from <= MOST_ADDED, "at most %s examples at once, got %s", MOST_ADDED, end - from);
        int[] places = reading.places().orElse(null);
        if (!(values instanceof RawFeatures.Bytes bytes) || places == null) {
            return false;
        }
        int[] sum = new int[reading.rawFeatures()];
        int[] square = new int[sum.length];
        for (int i = from; i < end; i++) {
            bytes.add(rows[indices[i]], sum, square);
        }
        for (int i = 0; i < places.length; i++) {
            sums[i] += sum[places[i]];
            squares[i] += square[places[i]];
        }
        return true;
    }

    /** {@return whether features are computed when they are read, and not merely found} */
    public boolean computed() {
        return map.places().isEmpty();
    }

    /** Copies with a frame around them, of examples that go through no map. */
    Examples framed(Padding padding) {
        checkArgument(map instanceof FeatureMap.Identity, "a frame comes before a map, not after %s", map);
        return of(values.framed(padding, rows), padding.shape().features(), labels);
    }

    /**
     * {@return its features, after its map, in a new array}
     *
     * @param index position, from 0
     */
    public float[] row(int index) {
        float[] row = new float[features()];
        read(index, row);
        return row;
    }
}
