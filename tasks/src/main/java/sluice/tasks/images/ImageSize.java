package sluice.tasks.images;

import static com.google.common.base.Preconditions.checkArgument;

/** The size that images are brought to before they are examples. */
public sealed interface ImageSize {
    /** The size that they have, which must be one. */
    record AsStored() implements ImageSize {}

    /**
     * Every image becomes this large, whatever its proportions are. A pixel is the mean of the area that it covers, of
     * grey values as they are stored.
     *
     * @param height pixels of a column, at least 1
     * @param width pixels of a row, at least 1
     */
    record Resized(int height, int width) implements ImageSize {
        /** Checks the ranges. */
        public Resized {
            checkArgument(height >= 1, "height must be at least 1, got %s", height);
            checkArgument(width >= 1, "width must be at least 1, got %s", width);
        }
    }
}
