package sluice.tasks.images;

import java.nio.file.Path;
import sluice.tasks.InputException;
import sluice.tasks.MemoryBudget;

/** The content of an image file, of whose pixels nothing is decoded yet. */
sealed interface EncodedImage permits PngImage, JpegImage {
    /** Where it is. */
    Path path();

    /** As its header says, the right way up. */
    PixelSize size();

    /** Memory that its samples take while they are read. */
    long decodedBytes();

    /** Decodes it. */
    Pixels pixels();

    /** What its size becomes. */
    default PixelSize sizeAs(ImageSize wanted) {
        return wanted instanceof ImageSize.Resized resized ? new PixelSize(resized.height(), resized.width()) : size();
    }

    /** Decodes it and brings it to that size. */
    default Pixels pixelsAs(ImageSize wanted) {
        PixelSize size = sizeAs(wanted);
        return size.equals(size()) ? pixels() : new AreaMeans(pixels(), size);
    }

    /** The image in a file; {@link #of(Path, byte[])}. */
    static EncodedImage at(Path path) {
        return of(path, ImageFormat.content(path));
    }

    /**
     * {@return the image}
     *
     * @param path where it is
     * @param content its bytes
     * @throws InputException if it is no image, of a kind that is not read, or has too few bytes for the size that its header
     *     claims
     */
    static EncodedImage of(Path path, byte[] content) {
        ImageFormat format = ImageFormat.of(content).orElseThrow(() -> unknown(path, content));
        return switch (format) {
            case PNG -> PngImage.of(path, content);
            case JPEG -> JpegImage.of(path, content);
        };
    }

    private static InputException unknown(Path path, byte[] content) {
        String file = ClassFolders.text(path);
        return new InputException(OtherFormat.of(content)
                .map(other -> "%s is a %s image, and only PNG and JPEG are read: convert it, or remove it"
                        .formatted(file, other.called()))
                .orElseGet(() -> "%s is damaged or no PNG or JPEG image: replace or remove it".formatted(file)));
    }

    /** Refuses what could not be read: that takes the samples as they are stored and the pixels of that size as numbers. */
    default void checkFits(MemoryBudget budget, ImageSize wanted, Colour colour) {
        long needed = decodedBytes() + Float.BYTES * colour.values(sizeAs(wanted));
        if (!budget.couldHold(needed)) {
            throw new InputException(
                    "%s is %s pixels: reading it takes %d MiB, and all data together may take %d: make the images smaller, or give Java more memory with SLUICE_JAVA_OPTS=-Xmx4g"
                            .formatted(ClassFolders.text(path()), size(), needed >> 20, budget.bytes() >> 20));
        }
    }

    /** What to say of a header that no image in so few bytes can have. */
    static InputException promises(Path path, PixelSize size, byte[] content) {
        return new InputException(
                "%s is damaged: its header promises %s pixels, more than its %d bytes can hold: replace or remove it"
                        .formatted(ClassFolders.text(path), size, content.length));
    }
}
