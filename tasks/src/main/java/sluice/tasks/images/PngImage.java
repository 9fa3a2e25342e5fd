package sluice.tasks.images;

import com.google.common.math.LongMath;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
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

    private static final int GREY = 0;

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

    /** Java's reader makes 8 bits of fewer where one grey is transparent, but looks for that one as it was. */
    private static OptionalInt clear(Path path, byte[] content) {
        int depth = content[DEPTH];
        try {
            return PngChunk.of(content).stream()
                    .filter(chunk -> chunk.type().equals("tRNS") && content[DEPTH + 1] == GREY && depth < Byte.SIZE)
                    .filter(chunk -> chunk.content().limit() >= Short.BYTES)
                    .mapToInt(chunk -> chunk.content().getShort(0) * 255 / ((1 << depth) - 1))
                    .findFirst();
        } catch (IOException e) {
            throw damaged(path, e);
        }
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
        BufferedImage image = decode(path, content, reader -> reader.read(0));
        return clear(path, content).stream()
                .mapToObj(grey -> GreyPixels.of(image, grey))
                .findFirst()
                .orElseGet(() -> GreyPixels.of(image));
    }

    private static <T> T decode(Path path, byte[] content, Decoding.Question<T> question) {
        try {
            return Decoding.of(ImageFormat.PNG, content, question).answer();
        } catch (IOException e) {
            throw damaged(path, e);
        }
    }

    private static InputException damaged(Path path, IOException cause) {
        return new InputException(
                "%s is damaged or no PNG or JPEG image: replace or remove it".formatted(ClassFolders.text(path)),
                cause);
    }
}
