package sluice.tasks.source;

import com.google.common.collect.ImmutableList;

/** The four files of a data set in MNIST's format, with MNIST's names. */
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
     * {@return the names under which it is looked for, best first: plain or {@code .gz}, with a dash or with a dot
     * ({@code train-images.idx3-ubyte})}
     */
    public ImmutableList<String> knownFileNames() {
        String dotted = stem + "." + format;
        return ImmutableList.of(fileName(), compressedFileName(), dotted, dotted + ".gz");
    }
}
