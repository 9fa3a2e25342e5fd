package sluice.tasks.images;

import com.google.common.math.LongMath;
import java.io.IOException;
import java.nio.file.Path;
import sluice.tasks.InputException;

/**
 * The content of a PNG file.
 *
 * @param path where it is
 * @param content its bytes
 * @param size as its header says, before memory is taken for it
 */
record PngImage(Path path, byte[] content, PixelSize size) implements EncodedImage {
    /** No deflate stream expands further than this. */
    private static final long MOST_EXPANSION = 1032;

    /** Where a PNG file says how many bits a sample has, and then what samples a pixel has. */
    private static final int DEPTH = 24;

    static PngImage of(Path path, byte[] content) {
        PixelSize size = decode(path, content, reader -> new PixelSize(reader.getHeight(0), reader.getWidth(0)));
        PngImage image = new PngImage(path, content, size);
        if (image.decodedBytes() > MOST_EXPANSION * content.length) {
            throw EncodedImage.promises(path, size, content);
        }
        return image;
    }

    /** Unpacked, with a byte before each row. */
    @Override
    public long decodedBytes() {
        long bits = (long) content[DEPTH] * samples(content[DEPTH + 1]);
        long rowBytes = 1 + (size.width() * bits + Byte.SIZE - 1) / Byte.SIZE;
        return LongMath.saturatedMultiply(size.height(), rowBytes);
    }

    private static int samples(byte colourType) {
        return switch (colourType) {
            case 2 -> 3; // red, green, blue
            case 4 -> 2; // grey, alpha
            case 6 -> 4; // red, green, blue, alpha
            default -> 1; // grey, or a palette's number
        };
    }

    @Override
    public GreyPixels pixels() {
        return GreyPixels.of(decode(path, content, reader -> reader.read(0)));
    }

    private static <T> T decode(Path path, byte[] content, Decoding.Question<T> question) {
        try {
            return Decoding.of(ImageFormat.PNG, content, question).answer();
        } catch (IOException e) {
            throw new InputException(
                    "%s is damaged or no PNG or JPEG image: replace or remove it".formatted(ClassFolders.text(path)),
                    e);
        }
    }
}
