package sluice.evaluation.report;

import com.google.common.base.Ascii;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipException;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.Printable;

/**
 * The folder of a run or of a comparison in a {@code .zip}, as it is kept or mailed. It is read in place: nothing is unpacked,
 * so that no name in it leads out of it. What the archive says of its files is held against them before any is read.
 */
final class PackedRuns implements Closeable {
    /** Of all files together; a model may be among them. */
    private static final long MOST_BYTES = 1L << 31;

    /** What systems add when they pack. */
    private static final Set<String> FOREIGN = Set.of("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini");

    private static final int AT_ONCE = 1 << 13;

    private final FileSystem archive;

    private PackedRuns(FileSystem archive) {
        this.archive = archive;
    }

    static boolean isPacked(Path path) {
        return Ascii.toLowerCase(path.toString()).endsWith(".zip") && Files.isRegularFile(path);
    }

    /**
     * @throws MatrixFormatException if it is no archive, damaged or too large; one line that says what, where, and how to
     *     mend it
     */
    static PackedRuns open(Path file) {
        try {
            FileSystem archive = FileSystems.newFileSystem(file, Map.of());
            try {
                check(archive);
                return new PackedRuns(archive);
            } catch (IOException | RuntimeException e) {
                archive.close();
                throw e;
            }
        } catch (IOException | ProviderNotFoundException e) {
            throw new MatrixFormatException("%s cannot be read (%s): pack the folder anew"
                    .formatted(Printable.of(file.toString()), Printable.of(String.valueOf(e.getMessage()))));
        }
    }

    private static void check(FileSystem archive) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(archive.getPath("/"))) {
            files = all.filter(Files::isRegularFile).toList();
        }
        long bytes = 0;
        for (Path file : files) {
            long size = Files.size(file);
            if (size < 0 || size > MOST_BYTES - bytes) {
                throw new ZipException("it holds more than 2 GB");
            }
            bytes += size;
        }
        for (Path file : files) {
            check(file);
        }
    }

    /** Neither longer than it is said to be, which bounds what readers take, nor damaged. */
    private static void check(Path file) throws IOException {
        Map<String, Object> said = Files.readAttributes(file, "zip:size,crc");
        long size = (Long) said.get("size");
        CRC32 crc = new CRC32();
        long read = 0;
        try (InputStream in = new CheckedInputStream(Files.newInputStream(file), crc)) {
            byte[] some = new byte[AT_ONCE];
            for (int n = in.read(some); n >= 0 && read <= size; n = in.read(some)) {
                read += n;
            }
        }
        if (read != size || crc.getValue() != (Long) said.get("crc")) {
            throw new ZipException(file.toString().substring(1) + " in it is damaged");
        }
    }

    /** What was packed: the files, or the one folder that has them. */
    Path folder() {
        Path folder = archive.getPath("/");
        for (List<Path> inside = list(folder);
                inside.size() == 1 && Files.isDirectory(inside.get(0));
                inside = list(folder)) {
            folder = inside.get(0);
        }
        return folder;
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !FOREIGN.contains(file.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw RunFolderReader.unreadable(folder, e);
        }
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
