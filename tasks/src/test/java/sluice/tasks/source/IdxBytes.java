package sluice.tasks.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** IDX files made for tests. */
final class IdxBytes {
    private IdxBytes() {}

    /** An IDX file of any magic number, dimensions and content. */
    static byte[] of(int magic, int[] sizes, byte... content) {
        ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * sizes.length + content.length);
        buffer.putInt(magic);
        for (int size : sizes) {
            buffer.putInt(size);
        }
        return buffer.put(content).array();
    }

    /** Images whose pixels count up from {@code first}, modulo 256. */
    static byte[] images(int count, int height, int width, int first) {
        byte[] pixels = new byte[count * height * width];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (first + i);
        }
        return of(0x803, new int[] {count, height, width}, pixels);
    }

    /** Labels 0, 1, 2, ... modulo 10. */
    static byte[] labels(int count) {
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i % 10);
        }
        return of(0x801, new int[] {count}, labels);
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A data set of 20 training and 10 test images of 2x3, under the plain names. */
    static void writeDataSet(Path folder) {
        write(folder.resolve("train-images-idx3-ubyte"), images(20, 2, 3, 0));
        write(folder.resolve("train-labels-idx1-ubyte"), labels(20));
        write(folder.resolve("t10k-images-idx3-ubyte"), images(10, 2, 3, 7));
        write(folder.resolve("t10k-labels-idx1-ubyte"), labels(10));
    }

    static Path write(Path path, byte[] content) {
        try {
            Files.createDirectories(path.getParent());
            return Files.write(path, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
