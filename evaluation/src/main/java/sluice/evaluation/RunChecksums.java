package sluice.evaluation;

import com.google.common.base.Splitter;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checksums of the files of a run, beside them, as {@code sha256sum} writes and checks them: {@code HEX  NAME}, a line per
 * file. Results that are read back are those that were written.
 */
public final class RunChecksums {
    /** The file's name. */
    public static final String FILE = "checksums.sha256";

    private static final int DIGITS = 64;
    private static final String REMEDY =
            ": take the folder as the run wrote it, or remove " + FILE + " there to have it read all the same";

    private RunChecksums() {}

    /**
     * Writes the checksums of all files in a folder.
     *
     * @param folder of a run, complete
     * @throws IOException if a file cannot be read, or the checksums not be written
     */
    public static void write(Path folder) throws IOException {
        StringBuilder lines = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList()) {
                lines.append(line(file)).append('\n');
            }
        }
        write(folder.resolve(FILE), lines);
    }

    /**
     * Writes the checksum of a file anew that was changed on purpose; does nothing where there are no checksums.
     *
     * @param file in a folder of a run
     * @throws IOException if it cannot be read, or the checksums not be written
     */
    public static void renew(Path file) throws IOException {
        Path checksums = file.resolveSibling(FILE);
        if (!Files.isRegularFile(checksums)) {
            return;
        }
        String end = "  " + file.getFileName();
        StringBuilder lines = new StringBuilder();
        for (String line : Files.readAllLines(checksums)) {
            lines.append(line.endsWith(end) ? line(file) : line).append('\n');
        }
        write(checksums, lines);
    }

    private static String line(Path file) throws IOException {
        return sha256(file) + "  " + file.getFileName();
    }

    private static void write(Path checksums, CharSequence lines) throws IOException {
        WholeFile.write(checksums, out -> out.write(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Makes sure that the files of a folder are those that were written; does nothing where there are no checksums, as in
     * folders of earlier versions.
     *
     * @param folder of a run
     * @throws MatrixFormatException if a file is another, or the checksums are damaged
     * @throws IOException if a file cannot be read
     */
    public static void check(Path folder) throws IOException {
        Path checksums = folder.resolve(FILE);
        if (!Files.isRegularFile(checksums)) {
            return;
        }
        String text = new String(Files.readAllBytes(checksums), StandardCharsets.UTF_8);
        List<String> lines = Splitter.on('\n').splitToList(text);
        if (lines.size() < 2 || !lines.get(lines.size() - 1).isEmpty()) {
            throw damaged(checksums);
        }
        for (String line : lines.subList(0, lines.size() - 1)) {
            check(checksums, line);
        }
    }

    private static void check(Path checksums, String line) throws IOException {
        if (line.length() <= DIGITS + 2 || !line.startsWith("  ", DIGITS) || line.indexOf('/') >= 0) {
            throw damaged(checksums);
        }
        Path file;
        try {
            file = checksums.resolveSibling(line.substring(DIGITS + 2));
        } catch (InvalidPathException noName) {
            throw damaged(checksums);
        }
        // one that was removed, such as a large model, misleads nobody
        if (Files.isRegularFile(file) && !sha256(file).equals(line.substring(0, DIGITS))) {
            throw new MatrixFormatException("%s is not as the run wrote it, or %s is not%s"
                    .formatted(Printable.of(ShownPath.of(file)), FILE, REMEDY));
        }
    }

    private static MatrixFormatException damaged(Path checksums) {
        return new MatrixFormatException(Printable.of(ShownPath.of(checksums)) + " is damaged" + REMEDY);
    }

    private static String sha256(Path file) throws IOException {
        return MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
    }
}
