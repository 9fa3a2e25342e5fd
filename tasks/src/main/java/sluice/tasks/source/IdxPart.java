package sluice.tasks.source;

/** The four files of a data set in MNIST's format, with MNIST's names; {@link ImageDataSource#load(DataPlace, String)} knows others. */
public enum IdxPart {
    /** Training images. */
    TRAIN_IMAGES("train", "images", 3, 16 + 60_000 * 784),
    /** Training labels. */
    TRAIN_LABELS("train", "labels", 1, 8 + 60_000),
    /** Test images. */
    TEST_IMAGES("t10k", "images", 3, 16 + 10_000 * 784),
    /** Test labels. */
    TEST_LABELS("t10k", "labels", 1, 8 + 10_000);

    private final String stem;
    private final String format;
    private final long publishedBytes;

    IdxPart(String set, String noun, int dimensions, long publishedBytes) {
        this.stem = set + "-" + noun;
        this.format = "idx" + dimensions + "-ubyte";
        this.publishedBytes = publishedBytes;
    }

    /**
     * {@return bytes of its uncompressed content in MNIST and in data sets that are made to fit where MNIST fits: the
     * most that is downloaded}
     */
    public long publishedBytes() {
        return publishedBytes;
    }

    /** {@return its name without an ending for compression, such as {@code train-images-idx3-ubyte}} */
    public String fileName() {
        return stem + "-" + format;
    }

    /** {@return its name as published, such as {@code train-images-idx3-ubyte.gz}} */
    public String compressedFileName() {
        return fileName() + ".gz";
    }

    /**
     * {@return its name in a set of files whose names begin so}
     *
     * @param set such as {@code emnist-letters}, or "" for MNIST's names
     */
    String fileName(String set) {
        return set.isEmpty() ? fileName() : set + "-" + fileName().replaceFirst("^t10k", "test");
    }
}
