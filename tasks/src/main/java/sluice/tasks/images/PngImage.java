package sluice.tasks.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import sluice.tasks.InputException;

/**
 * The content of a PNG file.
 *
 * @param path where it is
 * @param content its bytes
 * @param size as its header says, before memory is taken for it
 */
record PngImage(Path path, byte[] content, Size size) {
    /** In pixels. */
    record Size(int height, int width) {
        @Override
        public String toString() {
            return width + "x" + height;
        }
    }

    static PngImage of(Path path, byte[] content) {
        Size size = decode(path, content, reader -> new Size(reader.getHeight(0), reader.getWidth(0)));
        return new PngImage(path, content, size);
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
