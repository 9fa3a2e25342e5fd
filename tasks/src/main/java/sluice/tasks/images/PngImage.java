package sluice.tasks.images;

import com.google.common.collect.ImmutableList;
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
 * @param stored size as its header says, before memory is taken for it
 * @param chunks all of its parts
 */
record PngImage(Path path, byte[] content, PixelSize stored, ImmutableList<PngChunk> chunks) implements EncodedImage {
    /** No deflate stream expands further than this. */
    private static final long MOST_EXPANSION = 1032;

    private static final int GREY = 0;

    /** Where a PNG file says how many bits a sample has, and then what samples a pixel has. */
    private static final int DEPTH = 24;

    static PngImage of(Path path, byte[] content) {
        PixelSize size = decode(path, content, reader -> new PixelSize(reader.getHeight(0), reader.getWidth(0)));
        if (decodedBytes(content, size) > MOST_EXPANSION * content.length) {
            throw EncodedImage.promises(path, size, content);
        }
        try {
            return new PngImage(path, content, size, PngChunk.of(content));
        } catch (IOException e) {
            throw damaged(path, e);
        }
    }

    /** How a camera held it, where EXIF data say so: the third edition has a chunk for them. */
    private Orientation orientation() {
        return chunks.stream()
                .filter(chunk -> chunk.type().equals("eXIf"))
                .map(chunk -> Orientation.of(chunk.content()))
                .findFirst()
                .orElse(Orientation.UPRIGHT);
    }

    @Override
    public PixelSize size() {
        return orientation().upright(stored);
    }

    /** Java's reader makes 8 bits of fewer where one grey is transparent, but looks for that one as it was. */
    private OptionalInt clear() {
        int depth = content[DEPTH];
        return chunks.stream()
                .filter(chunk -> chunk.type().equals("tRNS") && content[DEPTH + 1] == GREY && depth < Byte.SIZE)
                .filter(chunk -> chunk.content().limit() >= Short.BYTES)
                .mapToInt(chunk -> chunk.content().getShort(0) * 255 / ((1 << depth) - 1))
                .findFirst();
    }

    @Override
    public long decodedBytes() {
        return decodedBytes(content, stored);
    }

    /** Unpacked, with a byte before each row. */
    private static long decodedBytes(byte[] content, PixelSize size) {
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
    public Pixels pixels() {
        BufferedImage image = decode(path, content, reader -> reader.read(0));
        Pixels pixels = clear().stream()
                .mapToObj(grey -> Pixels.of(image, grey))
                .findFirst()
                .orElseGet(() -> Pixels.of(image));
        return orientation().upright(pixels);
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
