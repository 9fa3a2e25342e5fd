package sluice.tasks.source;

import com.google.common.math.LongMath;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Shape;

/**
 * One IDX file being read, plain or gzip, or a NumPy array of unsigned bytes in an archive: a header and then elements of one type, last dimension fastest. Images that are stored
 * column by column ({@link IdxName#isTransposed}) come upright. Opening it checks
 * the header against what is there, so that nothing is allocated for sizes that a damaged header merely claims.
 * Mutable; whoever opens it closes it.
 */
final class IdxFile implements AutoCloseable {
    private static final int CHUNK = 1 << 16;
    private static final int MOST_LABEL = 65_535;

    /** No deflate stream expands further than this. */
    private static final long MOST_EXPANSION = 1032;

    private final Path path;
    private final HashedContent content;
    private final IdxHeader header;
    private final boolean transposed;

    private IdxFile(Path path, IdxKind kind, HashedContent content) throws IOException {
        this.path = path;
        this.content = content;
        this.header = IdxHeader.read(path, kind, content.data());
        this.transposed = kind == IdxKind.IMAGES
                && IdxName.of(path).filter(IdxName::isTransposed).isPresent();
        header.checkLength(actualBytes());
    }

    /**
     * {@return the file, its header read and checked}
     *
     * @param path where it is
     * @param kind what it must hold
     * @throws InputException if it cannot be read, is of another kind, is empty, truncated or too long
     */
    static IdxFile open(Path path, IdxKind kind) {
        try {
            HashedContent content = HashedContent.open(path);
            try {
                return new IdxFile(path, kind, content);
            } catch (IOException | RuntimeException e) {
                content.close();
                throw e;
            }
        } catch (IOException e) {
            throw HashedContent.unreadable(path, e);
        }
    }

    /** Number of examples, at least 1. */
    int count() {
        return header.count();
    }

    /** Height and width of images. */
    Shape.Image shape() {
        Shape.Image stored = header.shape();
        return transposed ? new Shape.Image(/* height= */ stored.width(), /* width= */ stored.height()) : stored;
    }

    /** Number of values of all examples together. */
    int values() {
        return header.values();
    }

    /** Refuses what Java may not take so much memory for, however much is free. */
    private void checkRoom(int bytesPerValue) {
        long needed = (long) bytesPerValue * values();
        long most = Runtime.getRuntime().maxMemory();
        if (needed > most) {
            throw new InputException(
                    "%s: %d images of %d x %d pixels take %d MiB, and Java may take %d: give it more with SLUICE_JAVA_OPTS=-Xmx%dg, or use a file of fewer images"
                            .formatted(
                                    path,
                                    count(),
                                    shape().height(),
                                    shape().width(),
                                    needed >> 20,
                                    most >> 20,
                                    LongMath.divide(3 * needed, 1L << 30, RoundingMode.CEILING)));
        }
    }

    /**
     * Reads all the elements behind the header; to be called once.
     *
     * @param sink takes each position, from 0, with its value as it is
     * @return SHA-256 (hex) of the whole uncompressed content
     * @throws InputException if the file turns out to be damaged
     */
    String read(ValueSink sink) {
        byte[] chunk = new byte[CHUNK];
        try {
            ByteBuffer elements = ByteBuffer.wrap(chunk);
            IdxType type = header.type();
            for (int done = 0; done < values(); ) {
                int length = Math.min(CHUNK / type.bytes(), values() - done);
                content.data().readFully(chunk, 0, length * type.bytes());
                for (int i = 0; i < length; i++) {
                    sink.put(transposed ? upright(done + i) : done + i, type.read(elements, i));
                }
                done += length;
            }
            header.checkLength(header.bytes() + content.drain());
        } catch (IOException e) {
            throw HashedContent.unreadable(path, e);
        }
        return content.sha256();
    }

    /** Where the element of a stored position lies in an upright image. */
    private int upright(int position) {
        Shape.Image stored = header.shape();
        int pixel = position % stored.features();
        return position - pixel + pixel % stored.width() * stored.height() + pixel / stored.width();
    }

    /**
     * Images, as they were read.
     *
     * @param examples pixels row by row, with labels
     * @param sha256 (hex) of the whole uncompressed content
     */
    record Images(Examples examples, String sha256) {}

    /**
     * Reads all images, to be called once: grey values of a byte each as such, others as floats.
     *
     * @param labels of the images
     * @return the images
     * @throws InputException if the file turns out to be damaged, or a value is none that can be computed with, or Java may not
     *     take so much memory
     */
    Images readImages(int[] labels) {
        int features = shape().features();
        if (header.type() == IdxType.UNSIGNED_BYTE) {
            checkRoom(Byte.BYTES);
            byte[] pixels = new byte[values()];
            String sha256 = readBytes(pixels);
            return new Images(Examples.ofBytes(pixels, features, labels), sha256);
        }
        checkRoom(Float.BYTES);
        float[] pixels = new float[values()];
        String sha256 = readPixels(pixels);
        return new Images(Examples.of(pixels, features, labels), sha256);
    }

    private String readBytes(byte[] pixels) {
        if (transposed) {
            return read((position, value) -> pixels[position] = (byte) (int) value);
        }
        try {
            content.data().readFully(pixels);
            header.checkLength(header.bytes() + content.drain());
        } catch (IOException e) {
            throw HashedContent.unreadable(path, e);
        }
        return content.sha256();
    }

    private String readPixels(float[] pixels) {
        return read((position, value) -> {
            pixels[position] = (float) value;
            if (!Float.isFinite(pixels[position])) {
                throw new InputException(
                        "%s: image %d has the value %s: pixels must be finite 32-bit numbers: correct it"
                                .formatted(path, 1 + position / header.shape().features(), value));
            }
        });
    }

    /**
     * Reads the labels of all examples, the first column where there are several; to be called once.
     *
     * @param labels takes them, as many as there are examples
     * @return SHA-256 (hex) of the whole uncompressed content
     * @throws InputException if the file turns out to be damaged, or a label is no whole number from 0 to 65535
     */
    String readLabels(int[] labels) {
        int columns = values() / count();
        return read((position, value) -> {
            if (position % columns == 0) {
                int label = (int) value;
                if (label != value || label < 0 || label > MOST_LABEL) {
                    throw new InputException("%s: label %d is %s: labels must be whole numbers in [0, %d]: correct it"
                            .formatted(path, 1 + position / columns, text(value), MOST_LABEL));
                }
                labels[position / columns] = label;
            }
        });
    }

    private static String text(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    @Override
    public void close() {
        try {
            content.close();
        } catch (IOException e) {
            throw HashedContent.unreadable(path, e);
        }
    }

    /** Bytes of uncompressed content. A gzip file whose last four bytes do not vouch for its length is read through. */
    private long actualBytes() throws IOException {
        long fileBytes = Files.size(path);
        if (!content.compressed()) {
            return fileBytes;
        }
        boolean plausible = header.bytes() <= MOST_EXPANSION * fileBytes;
        boolean agrees = content.promised().isPresent()
                ? content.promised().getAsLong() == header.bytes()
                : gzipLength(fileBytes) == (int) header.bytes();
        if (plausible && agrees) {
            return header.bytes();
        }
        try (HashedContent again = HashedContent.open(path)) {
            return again.drain();
        }
    }

    /** What a gzip file's trailer says of its content's length, modulo 2^32. */
    private int gzipLength(long fileBytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            file.seek(fileBytes - 4);
            return Integer.reverseBytes(file.readInt());
        }
    }

    /** Takes the values of a file, one by one. */
    @FunctionalInterface
    interface ValueSink {
        void put(int position, double value);
    }
}
