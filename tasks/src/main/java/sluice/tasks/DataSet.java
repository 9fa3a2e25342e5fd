package sluice.tasks;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Map;

/**
 * A named data set with its training part, and a test part that may be empty.
 *
 * @param name what it is called in scripts and reports
 * @param train training examples, at least one
 * @param test test examples, with as many features; none where what is learned is never tested
 * @param shape what their features are to each other
 * @param checksums SHA-256 (hex) of what it was read from, by file name; empty for arrays
 * @param classNames what its classes are called, by label; none where they are called by their labels
 * @param notes what was done to it that nobody asked for, a line each
 */
public record DataSet(
        String name,
        Examples train,
        Examples test,
        Shape shape,
        ImmutableSortedMap<String, String> checksums,
        ImmutableList<String> classNames,
        ImmutableList<String> notes) {
    /** Checks that the parts fit each other. */
    public DataSet {
        checkNotNull(name, "name");
        checkArgument(train.size() > 0, "data set %s has no training examples", name);
        checkArgument(
                train.features() == test.features(),
                "data set %s has %s features in training and %s in test",
                name,
                train.features(),
                test.features());
        checkArgument(
                shape.features() == train.features(),
                "data set %s has %s features, its shape %s has %s",
                name,
                train.features(),
                shape,
                shape.features());
    }

    /**
     * A data set whose classes are called by their labels.
     *
     * @param name what it is called in scripts and reports
     * @param train training examples, at least one
     * @param test test examples, or none, with as many features
     * @param shape what their features are to each other
     * @param checksums SHA-256 (hex) of what it was read from, by file name; empty for arrays
     */
    public DataSet(
            String name, Examples train, Examples test, Shape shape, ImmutableSortedMap<String, String> checksums) {
        this(name, train, test, shape, checksums, ImmutableList.of(), ImmutableList.of());
    }

    /**
     * A data set of vectors.
     *
     * @param name what it is called
     * @param train training examples
     * @param test test examples
     * @param checksums SHA-256 (hex) by file name
     * @return the data set
     */
    public static DataSet of(String name, Examples train, Examples test, Map<String, String> checksums) {
        return new DataSet(name, train, test, new Shape.Vector(train.features()), ImmutableSortedMap.copyOf(checksums));
    }

    /** {@return whether it has a test part} */
    public boolean isTested() {
        return test.size() > 0;
    }

    /**
     * {@return this data set with it}
     *
     * @param other what the features are to each other, for as many features
     */
    public DataSet withShape(Shape other) {
        return new DataSet(name, train, test, other, checksums, classNames, notes);
    }

    /**
     * {@return this data set with them}
     *
     * @param names what its classes are called, by label; none where they are called by their labels
     * @param remarks what was done to it that nobody asked for, a line each
     */
    public DataSet told(ImmutableList<String> names, ImmutableList<String> remarks) {
        return new DataSet(name, train, test, shape, checksums, names, remarks);
    }

    /**
     * A data set of larger images: these with a frame of zeros around them, copied.
     *
     * @param pixels how wide the frame is on each side, at least 0
     * @return the data set; this one with no pixels
     * @throws InputException if its examples are no images
     */
    public DataSet padded(int pixels) {
        checkArgument(pixels >= 0, "pixels must be at least 0, got %s", pixels);
        if (pixels == 0) {
            return this;
        }
        Padding padding = Padding.around(shape, pixels);
        return new DataSet(name, padding.of(train), padding.of(test), padding.shape(), checksums, classNames, notes);
    }
}
