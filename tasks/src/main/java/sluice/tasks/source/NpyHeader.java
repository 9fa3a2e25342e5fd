package sluice.tasks.source;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.primitives.ImmutableLongArray;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import sluice.tasks.InputException;
import sluice.tasks.Printable;

/**
 * What a NumPy array file says of itself (NPY 1 to 3): a magic number, a version, the length of what follows, little-endian, and a Python
 * dictionary of type, order and shape. Arrays of unsigned bytes in C order are read.
 *
 * @param sizes of the dimensions
 * @param bytes of the header
 */
record NpyHeader(ImmutableLongArray sizes, int bytes) {
    /** The first four bytes, 0x93 and NUM. */
    static final int MAGIC = 0x934e554d;

    private static final int REST_OF_MAGIC = 0x5059;
    private static final int FIXED_BYTES = 8;
    private static final int MOST_BYTES = 1 << 16;
    private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([^)]*)\\)");

    /**
     * Reads what comes after {@link #MAGIC}.
     *
     * @throws InputException if it is none, or of other elements than unsigned bytes in C order
     * @throws IOException if it cannot be read
     */
    static NpyHeader read(Path path, DataInputStream data) throws IOException {
        boolean known = data.readUnsignedShort() == REST_OF_MAGIC;
        int version = data.readUnsignedByte();
        data.readUnsignedByte();
        int fields = version == 1 ? Short.BYTES : Integer.BYTES;
        long length = 0;
        for (int i = 0; i < fields; i++) {
            length |= (long) data.readUnsignedByte() << (Byte.SIZE * i);
        }
        if (!known || version < 1 || version > 3 || length > MOST_BYTES) {
            throw damaged(path);
        }
        byte[] text = new byte[(int) length];
        data.readFully(text);
        String header = new String(text, StandardCharsets.ISO_8859_1);
        String type = found(TYPE, header, path);
        if (!type.equals("|u1") || found(ORDER, header, path).equals("True")) {
            throw new InputException(
                    "%s has elements of type %s%s: arrays of unsigned bytes in C order are read, which numpy.ascontiguousarray(a, 'uint8') makes"
                            .formatted(
                                    path,
                                    Printable.quoted(type),
                                    found(ORDER, header, path).equals("True") ? " in Fortran order" : ""));
        }
        return new NpyHeader(sizes(found(SHAPE, header, path), path), FIXED_BYTES + fields + (int) length);
    }

    /**
     * Checks that it is an array of this kind.
     *
     * @throws InputException if it has another number of dimensions
     */
    void check(IdxKind kind, Path path) {
        if (!kind.has(sizes.length())) {
            throw new InputException(
                    "%s has an array of shape %s, and %s: reshape it, or use the right file (were the images and labels files swapped?)"
                            .formatted(path, shape(), kind.wantedShape()));
        }
    }

    /** As Python writes it: one of one dimension ends with a comma. */
    private String shape() {
        String all = sizes.stream().mapToObj(Long::toString).collect(Collectors.joining(", "));
        return sizes.length() == 1 ? "(" + all + ",)" : "(" + all + ")";
    }

    private static ImmutableLongArray sizes(String shape, Path path) {
        ImmutableLongArray.Builder sizes = ImmutableLongArray.builder();
        try {
            Splitter.on(',')
                    .trimResults(CharMatcher.whitespace())
                    .omitEmptyStrings()
                    .split(shape)
                    .forEach(size -> sizes.add(size(size)));
        } catch (NumberFormatException wrong) {
            throw impossible(shape, path);
        }
        return sizes.build();
    }

    private static long size(String digits) {
        long size = Long.parseLong(digits);
        if (size < 0) {
            throw new NumberFormatException(digits);
        }
        return size;
    }

    private static InputException impossible(String shape, Path path) {
        return new InputException(
                "%s is damaged: its array is said to be of shape %s, and sizes are whole numbers from 0 to %d: write it again, or download it again"
                        .formatted(path, Printable.quoted("(" + shape + ")"), Long.MAX_VALUE));
    }

    private static String found(Pattern pattern, String header, Path path) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw damaged(path);
        }
        return matcher.group(1);
    }

    private static InputException damaged(Path path) {
        return new InputException(
                "%s is damaged: it has no header of a NumPy array: download it again".formatted(path));
    }
}
