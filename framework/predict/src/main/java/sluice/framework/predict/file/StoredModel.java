package sluice.framework.predict.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A model as it lies in an open file. What describes it is read first, and says how much else there is: nothing is read
 * beyond that, and nothing allocated that the file does not hold.
 */
public final class StoredModel {
    /** Descriptions of a thousand tasks have some 2 MB. */
    private static final int LONGEST_DESCRIPTION = 1 << 26;

    /** No packing of a zip file is denser. */
    private static final long DENSEST = 1032;

    private final Path file;
    private final ZipFile zip;
    private final String folder;
    private final boolean sealed;

    StoredModel(Path file, ZipFile zip, String folder, boolean sealed) {
        this.file = file;
        this.zip = zip;
        this.folder = folder;
        this.sealed = sealed;
    }

    /** {@return the file, for messages} */
    public Path file() {
        return file;
    }

    /**
     * {@return what the model is, JSON}
     *
     * @throws IOException if it cannot be read
     * @throws UnreadableModelException if it is missing, damaged or longer than any is
     */
    public byte[] description() throws IOException {
        return description(LONGEST_DESCRIPTION);
    }

    byte[] description(int longest) throws IOException {
        ZipEntry entry = entry(ModelReading.DESCRIPTION);
        if (entry.getSize() > longest) {
            throw ModelReading.damaged(
                    file,
                    "its %s claims %,d bytes, which none has".formatted(ModelReading.DESCRIPTION, entry.getSize()));
        }
        return read(entry, entry.getSize());
    }

    /**
     * Checks what the description says of how the model is stored.
     *
     * @param format that it names
     * @param oldest that can be read
     * @param newest that can be read
     * @throws UnreadableModelException if it is another, or a newer one without its checksum
     */
    public void checkFormat(int format, int oldest, int newest) {
        if (format < oldest || format > newest) {
            throw new UnreadableModelException(
                    "%s has model format %d, this version of Sluice reads %d to %d: use the version that wrote it, or a newer one"
                            .formatted(file, format, oldest, newest));
        }
        if (format >= ModelReading.SEALED && !sealed) {
            throw ModelReading.damaged(file, "its checksum is missing");
        }
    }

    /**
     * {@return the numbers, big-endian}
     *
     * @param bytes how many numbers take, by the description
     * @param sha256 their checksum, by the description
     * @throws IOException if they cannot be read
     * @throws UnreadableModelException if they are missing, damaged, more or less
     */
    public byte[] parameters(long bytes, String sha256) throws IOException {
        ZipEntry entry = entry(ModelReading.PARAMETERS);
        if (entry.getSize() != bytes || bytes > Integer.MAX_VALUE - Long.BYTES) {
            throw ModelReading.damaged(
                    file, "it holds %d bytes of parameters instead of %d".formatted(entry.getSize(), bytes));
        }
        byte[] parameters = read(entry, bytes);
        if (!ModelReading.checksum(parameters).equals(sha256)) {
            throw ModelReading.damaged(file, "its parameters do not match their checksum");
        }
        return parameters;
    }

    private ZipEntry entry(String name) {
        ZipEntry entry = zip.getEntry(folder + name);
        if (entry == null) {
            throw ModelReading.damaged(file, "it has no entry " + folder + name);
        }
        return entry;
    }

    /** Reads an entry, and no more of it than one byte beyond what it should hold. */
    private byte[] read(ZipEntry entry, long bytes) throws IOException {
        if (bytes < 0 || entry.getCompressedSize() < bytes / DENSEST) {
            throw ModelReading.damaged(file, "%s is shorter than it claims".formatted(entry.getName()));
        }
        byte[] content;
        try (InputStream in = zip.getInputStream(entry)) {
            content = in.readNBytes((int) bytes + 1);
        }
        CRC32 check = new CRC32();
        check.update(content);
        if (content.length != bytes || check.getValue() != entry.getCrc()) {
            throw ModelReading.damaged(file, "%s does not match its checksum".formatted(entry.getName()));
        }
        return content;
    }
}
