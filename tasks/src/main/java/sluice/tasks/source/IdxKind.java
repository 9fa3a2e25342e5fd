package sluice.tasks.source;

import sluice.tasks.InputException;

/** The two kinds of IDX file in use: unsigned bytes (type 0x08) with one or with three dimensions. */
enum IdxKind {
    LABELS(0x00000801, 1),
    IMAGES(0x00000803, 3);

    private final int magic;
    private final int dimensions;

    IdxKind(int magic, int dimensions) {
        this.magic = magic;
        this.dimensions = dimensions;
    }

    int dimensions() {
        return dimensions;
    }

    /** Bytes of the header: the magic number and four for each dimension. */
    int headerBytes() {
        return 4 + 4 * dimensions;
    }

    String noun() {
        return this == LABELS ? "labels" : "images";
    }

    /**
     * @param found a file's first four bytes, big-endian
     * @param where names the file in the message
     * @throws InputException if the file is not of this kind
     */
    void checkMagic(int found, Object where) {
        if (found == magic) {
            return;
        }
        IdxKind other = this == LABELS ? IMAGES : LABELS;
        if (found == other.magic) {
            throw new InputException(
                    "%s holds %s (magic number 0x%08x), not %s (0x%08x): were the images and labels files swapped?"
                            .formatted(where, other.noun(), found, noun(), magic));
        }
        throw new InputException(
                "%s is not an IDX file of %s: its magic number is 0x%08x, expected 0x%08x (unsigned bytes, %d-dimensional)"
                                .formatted(where, noun(), found, magic, dimensions)
                        + ": check that it is the right file, or download it again");
    }
}
