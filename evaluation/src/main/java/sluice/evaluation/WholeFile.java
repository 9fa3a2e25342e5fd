package sluice.evaluation;

import com.google.common.io.BaseEncoding;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * The one place that writes files: whole or not at all, into a temporary file beside the place and then moved there in one
 * step. Every writer has a temporary file of its own, which is made new, so that no link is followed and two writers of one
 * file never meet: any reader sees one whole version, and the last writer wins.
 */
public final class WholeFile {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RANDOM_BYTES = 8;
    private static final Pattern TEMPORARY = Pattern.compile("\\..+\\.part");

    private WholeFile() {}

    /** What is written. */
    @FunctionalInterface
    public interface Content {
        /**
         * @param out where to; not closed by the content
         * @throws IOException if it cannot be written
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * @param file where to; replaced if there; its folder must exist
     * @param content what
     * @throws IOException if the folder is missing or cannot be written to, or the disk is full; nothing is left then
     */
    public static void write(Path file, Content content) throws IOException {
        Path target = file.toAbsolutePath();
        Path temporary = temporaryOf(target);
        // made new or not at all: what has that name already is somebody else's
        OutputStream made = Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            try (OutputStream out = new BufferedOutputStream(made)) {
                content.writeTo(out);
            }
            move(temporary, target);
        } finally {
            deleteQuietly(temporary);
        }
    }

    private static Path temporaryOf(Path target) {
        byte[] own = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(own);
        String name = BaseEncoding.base16().lowerCase().encode(own);
        return target.resolveSibling("." + target.getFileName() + "." + name + ".part");
    }

    /**
     * Whether a file is what a writer that was killed left of its work. Such files are nobody's results, and may be deleted.
     *
     * @param file any
     * @return whether its name is one that {@link #write} gives to what is not whole yet, or that earlier versions gave
     */
    public static boolean isTemporary(Path file) {
        return TEMPORARY.matcher(file.getFileName().toString()).matches();
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException elsewhere) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            // a leftover temporary file harms nobody, and there may be an error on its way already
        }
    }
}
