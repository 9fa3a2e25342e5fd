package sluice.tasks.source;

import com.google.common.collect.ContiguousSet;
import com.google.common.collect.DiscreteDomain;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Range;
import sluice.tasks.InputException;

/** The two kinds of IDX file in use, told by their dimensions. */
enum IdxKind {
    /** One label for each example, or several numbers of which the first is the label, as in QMNIST. */
    LABELS(1, 2),
    /** Rows of pixels. */
    IMAGES(3, 3);

    private final ImmutableSet<Integer> dimensions;

    IdxKind(int fewest, int most) {
        this.dimensions = ContiguousSet.create(Range.closed(fewest, most), DiscreteDomain.integers());
    }

    String noun() {
        return this == LABELS ? "labels" : "images";
    }

    /** Whether it may have so many dimensions. */
    boolean has(int count) {
        return dimensions.contains(count);
    }

    /** The shape that it has as an array, for messages. */
    String wantedShape() {
        return this == LABELS
                ? "labels have (examples,), or (examples, numbers) with the label first"
                : "images have (examples, height, width)";
    }

    /** The magic number where elements are unsigned bytes. */
    private int usual() {
        return 0x800 + dimensions.iterator().next();
    }

    /**
     * {@return how many dimensions it has}
     *
     * @param found a file's first four bytes, big-endian: two zeros, the type of its elements and the number of dimensions
     * @param where names the file in the message
     * @throws InputException if the file is not of this kind
     */
    int dimensions(int found, Object where) {
        int count = found & 0xff;
        boolean isIdx = IdxType.of(found).isPresent();
        if (isIdx && dimensions.contains(count)) {
            return count;
        }
        IdxKind other = this == LABELS ? IMAGES : LABELS;
        if (isIdx && other.dimensions.contains(count)) {
            throw new InputException(
                    "%s holds %s (magic number 0x%08x), not %s (0x%08x): were the images and labels files swapped?"
                            .formatted(where, other.noun(), found, noun(), usual()));
        }
        throw new InputException(
                "%s is not an IDX file of %s: its magic number is 0x%08x, expected 0x%08x (unsigned bytes, %d-dimensional) or 09, 0b, 0c, 0d or 0e in the place of 08"
                                .formatted(where, noun(), found, usual(), usual() & 0xff)
                        + ": check that it is the right file, or download it again");
    }
}
