package sluice.tasks.images;

import com.google.common.math.LongMath;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import sluice.tasks.InputException;
import sluice.tasks.Printable;

/**
 * The content of a PNG file.
 *
 * @param path where it is
 * @param content its bytes
 * @param size as its header says, before memory is taken for it
 */
record PngImage(Path path, byte[] content, Size size) {
    /** No deflate stream expands further than this. */
    private static final long MOST_EXPANSION = 1032;

    /** Where a PNG file says how many bits a sample has, and then what samples a pixel has. */
    private static final int DEPTH = 24;

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    /** In pixels. */
    record Size(int height, int width) {
        long pixels() {
            return (long) height * width;
        }

        @Override
        public String toString() {
            return width + "x" + height;
        }
    }

    /** Whether a file begins as PNG images do. */
    static boolean begins(Path path) {
        try (InputStream content = Files.newInputStream(path)) {
            return Arrays.equals(content.readNBytes(SIGNATURE.length), SIGNATURE);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** The image in a file, likewise. */
    static PngImage at(Path path) {
        return of(path, content(path));
    }

    /** All bytes of a file. */
    static byte[] content(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static InputException unreadable(Path path, IOException problem) {
        return new InputException(
                "cannot read %s (%s): check that it is a file that you may read"
                        .formatted(ClassFolders.text(path), Printable.of(problem.toString())),
                problem);
    }

    /**
     * {@return the image, of whose pixels nothing is decoded yet}
     *
     * @param path where it is
     * @param content its bytes
     * @throws InputException if it is no PNG image, or has too few bytes for the size that its header claims
     */
    static PngImage of(Path path, byte[] content) {
        Size size = decode(path, content, reader -> new Size(reader.getHeight(0), reader.getWidth(0)));
        PngImage image = new PngImage(path, content, size);
        if (image.decodedBytes() > MOST_EXPANSION * content.length) {
            throw new InputException(
                    "%s is damaged: its header promises %s pixels, more than its %d bytes can hold: replace or remove it"
                            .formatted(ClassFolders.text(path), size, content.length));
        }
        return image;
    }

    /** Memory that its samples take, unpacked, with a byte before each row. */
    long decodedBytes() {
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

    /** Its pixels as grey, whole numbers 0 to 255, row by row. */
    float[] grey() {
        float[] values = new float[Math.toIntExact(size.pixels())];
        grey(values, 0);
        return values;
    }

    /** Writes its pixels as grey, whole numbers 0 to 255, row by row. */
    void grey(float[] values, int start) {
        BufferedImage image = decode(path, content, reader -> reader.read(0));
        GreyPixels.of(image).write(values, start);
    }

    /** A question to the reader of an image. */
    private interface Question<T> {
        T ask(ImageReader reader) throws IOException;
    }

    @SuppressWarnings("CatchingUnchecked") // what damaged images make the reader throw is not documented
    private static <T> T decode(Path path, byte[] content, Question<T> question) {
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            reader.setInput(in, true, true);
            return question.ask(reader);
        } catch (IOException | RuntimeException e) {
            throw new InputException(
                    "%s is damaged or no PNG image: replace or remove it".formatted(ClassFolders.text(path)), e);
        } finally {
            reader.dispose();
        }
    }
}
