package sluice.tasks.source;

import com.google.common.math.LongMath;
import com.google.common.primitives.ImmutableLongArray;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import sluice.tasks.InputException;
import sluice.tasks.Shape;

/**
 * What an IDX file says of itself: a magic number, then the size of each dimension, four bytes each, big-endian; or what a
 * {@linkplain NpyHeader NumPy array} of unsigned bytes says.
 *
 * @param path names the file in messages
 * @param kind what it holds
 * @param type of its elements
 * @param sizes examples, then for images height and width, perhaps for labels columns; each at least 1, their product an array's
 *     length
 * @param start bytes of the header
 */
record IdxHeader(Path path, IdxKind kind, IdxType type, ImmutableLongArray sizes, int start) {
    private static final long MOST_VALUES = Integer.MAX_VALUE - 16;

    IdxHeader {
        if (product(sizes) == 0) {
            throw new InputException("%s is empty: its header promises %s: use a file with at least one example"
                    .formatted(path, promise(sizes, kind)));
        }
        if (product(sizes) > MOST_VALUES) {
            throw new InputException("%s is damaged: its header promises %s, more than %d values: download it again"
                    .formatted(path, promise(sizes, kind), MOST_VALUES));
        }
    }

    /**
     * @throws InputException if it is a header of another kind, or promises nothing, or too much
     * @throws IOException if it cannot be read
     */
    static IdxHeader read(Path path, IdxKind kind, DataInputStream data) throws IOException {
        int magic = data.readInt();
        if (magic == NpyHeader.MAGIC) {
            NpyHeader array = NpyHeader.read(path, data);
            array.check(kind, path);
            return new IdxHeader(path, kind, IdxType.UNSIGNED_BYTE, array.sizes(), array.bytes());
        }
        if (IdxType.of(magic).isEmpty() && path.toString().endsWith(".npz")) {
            throw new InputException(
                    "%s holds no NumPy array in a zip archive, as .npz files do: write it with numpy.savez_compressed(file, array), or download it again"
                            .formatted(path));
        }
        int dimensions = kind.dimensions(magic, path);
        ImmutableLongArray.Builder sizes = ImmutableLongArray.builder(dimensions);
        for (int d = 0; d < dimensions; d++) {
            sizes.add(Integer.toUnsignedLong(data.readInt()));
        }
        return new IdxHeader(
                path, kind, IdxType.of(magic).orElseThrow(), sizes.build(), Integer.BYTES * (1 + dimensions));
    }

    /** Number of examples. */
    int count() {
        return (int) sizes.get(0);
    }

    /** Height and width of images. */
    Shape.Image shape() {
        return new Shape.Image((int) sizes.get(1), (int) sizes.get(2));
    }

    /** Number of values of all examples together. */
    int values() {
        return (int) product(sizes);
    }

    /** Length of the whole file, uncompressed, header included. */
    long bytes() {
        return start + type.bytes() * product(sizes);
    }

    /**
     * @param actual the file's uncompressed length in bytes
     * @throws InputException if it is not what the header promises
     */
    void checkLength(long actual) {
        if (actual < bytes()) {
            throw new InputException(
                    "%s is truncated: its header promises %s, %d bytes in all, but it has %d: download it again"
                            .formatted(path, promise(sizes, kind), bytes(), actual));
        }
        if (actual > bytes()) {
            throw new InputException("%s has %d bytes too many: its header promises %s: download it again"
                    .formatted(path, actual - bytes(), promise(sizes, kind)));
        }
    }

    private static long product(ImmutableLongArray sizes) {
        return sizes.stream().reduce(1, LongMath::saturatedMultiply);
    }

    private static String promise(ImmutableLongArray sizes, IdxKind kind) {
        return sizes.stream().mapToObj(Long::toString).collect(Collectors.joining(" x ")) + " " + kind.noun();
    }
}
