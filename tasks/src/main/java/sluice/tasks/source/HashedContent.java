package sluice.tasks.source;

import com.google.common.hash.Hashing;
import com.google.common.hash.HashingInputStream;
import com.google.common.io.ByteStreams;
import com.google.common.primitives.Ints;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import sluice.tasks.InputException;

/**
 * The uncompressed content of a file, hashed while it is read. Whether the file is gzip, or a zip archive as NumPy writes arrays
 * ({@code .npz}), is told by its first bytes, never by its name; of an archive the array {@code arr_0} is the content. Mutable; whoever opens it closes it.
 */
final class HashedContent implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int ZIP = 0x504b0304;
    private static final int GZIP = 0x1f8b;
    private static final String ARRAY = "arr_0.npy";

    private final boolean compressed;
    private final OptionalLong promised;
    private final HashingInputStream hashing;
    private final DataInputStream data;

    private HashedContent(boolean compressed, OptionalLong promised, InputStream content) {
        this.compressed = compressed;
        this.promised = promised;
        this.hashing = new HashingInputStream(Hashing.sha256(), content);
        this.data = new DataInputStream(hashing);
    }

    static HashedContent open(Path path) throws IOException {
        InputStream file = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        try {
            file.mark(Integer.BYTES);
            int first = Ints.fromByteArray(Arrays.copyOf(file.readNBytes(Integer.BYTES), Integer.BYTES));
            file.reset();
            if (first == ZIP) {
                file.close();
                return ofArchive(path);
            }
            boolean compressed = first >>> Short.SIZE == GZIP;
            return new HashedContent(
                    compressed, OptionalLong.empty(), compressed ? new GZIPInputStream(file, BUFFER) : file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** The array that NumPy names where nobody does, of an archive that is closed with it. */
    private static HashedContent ofArchive(Path path) throws IOException {
        ZipFile archive = new ZipFile(path.toFile());
        try {
            ZipEntry array = archive.getEntry(ARRAY);
            if (array == null) {
                throw new InputException(
                        "%s has no array arr_0: write it with numpy.savez_compressed(file, array)".formatted(path));
            }
            InputStream content = new FilterInputStream(archive.getInputStream(array)) {
                @Override
                public void close() throws IOException {
                    archive.close();
                }
            };
            return new HashedContent(true, OptionalLong.of(array.getSize()), content);
        } catch (IOException | RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    /**
     * {@return SHA-256 (hex) of its uncompressed content}
     *
     * @param path a plain or gzip file
     * @param mostBytes that its uncompressed content may have; no more are unpacked
     * @throws TooLargeException if there are more bytes
     * @throws IOException if it cannot be read, or is a damaged gzip file
     */
    static String sha256(Path path, long mostBytes) throws IOException {
        try (HashedContent content = open(path)) {
            ByteStreams.exhaust(ByteStreams.limit(content.hashing, mostBytes));
            if (content.hashing.read() >= 0) {
                throw new TooLargeException(mostBytes);
            }
            return content.sha256();
        }
    }

    /**
     * {@return the same in the user's words}
     *
     * @param path what was read
     * @param problem what went wrong
     */
    static InputException unreadable(Path path, IOException problem) {
        if (problem instanceof EOFException) {
            return new InputException(path + " is truncated: download it again", problem);
        }
        if (problem instanceof ZipException) {
            return new InputException(
                    "%s is a damaged %s file (%s): download it again"
                            .formatted(path, path.toString().endsWith(".npz") ? "zip" : "gzip", problem.getMessage()),
                    problem);
        }
        if (problem instanceof NoSuchFileException) {
            return new InputException(path + " does not exist: check the path", problem);
        }
        return new InputException(
                "cannot read %s (%s): check that it is a file that you may read".formatted(path, problem), problem);
    }

    boolean compressed() {
        return compressed;
    }

    /** How long an archive says that the content is; not to be relied on. */
    OptionalLong promised() {
        return promised;
    }

    DataInputStream data() {
        return data;
    }

    /** Reads what is left and returns its length in bytes. A gzip file's own checksum is verified at its end. */
    long drain() throws IOException {
        return ByteStreams.exhaust(hashing);
    }

    /** SHA-256 (hex) of what was read so far; to be asked once, at the end. */
    String sha256() {
        return hashing.hash().toString();
    }

    @Override
    public void close() throws IOException {
        data.close();
    }
}
