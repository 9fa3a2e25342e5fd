package sluice.evaluation;

import com.google.common.io.BaseEncoding;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;

/**
 * The one place that writes files: whole or not at all, into a temporary file beside the place and then moved there in one
 * step. Every writer has a temporary file of its own, which is made new, so that no link is followed and two writers of one
 * file never meet: any reader sees one whole version, and the last writer wins. What killed writers of a file left beside it
 * is deleted when that file is written again.
 */
public final class WholeFile {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RANDOM_BYTES = 8;
    private static final int ATTEMPTS = 100;

    private WholeFile() {}

    /** What is written. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes it; may be asked to do so again.
         *
         * @param out where to; not closed by the content
         * @throws IOException if it cannot be written
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file whole, or not at all.
     *
     * @param file where to; replaced if there; its folder must exist
     * @param content what
     * @throws IOException if the folder is missing or cannot be written to, or the disk is full; nothing is left then
     */
    public static void write(Path file, Content content) throws IOException {
        Path target = file.toAbsolutePath();
        TemporaryFiles.sweep(target);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (writeTo(target, content)) {
                return;
            }
        }
        throw new IOException("temporary files beside " + file + " are deleted again and again");
    }

    /** Whether it was written; it was not where somebody took the temporary file away while it was not locked. */
    private static boolean writeTo(Path target, Content content) throws IOException {
        try (TemporaryFiles.Claim claim = TemporaryFiles.make(temporaryOf(target))) {
            if (claim.isLost()) {
                return false;
            }
            try (OutputStream out = new BufferedOutputStream(claim.open())) {
                content.writeTo(out);
            }
            // closing it has let go of the lock where locks are POSIX's
            return move(claim.file(), target);
        }
    }

    private static Path temporaryOf(Path target) {
        byte[] own = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(own);
        return TemporaryFiles.beside(target, BaseEncoding.base16().lowerCase().encode(own));
    }

    /**
     * Whether a file is what a writer that was killed left of its work, or what one is writing. Such files are nobody's results.
     *
     * @param file any
     * @return whether its name is one that {@link #write} gives to what is not whole yet, or that earlier versions gave
     */
    public static boolean isTemporary(Path file) {
        return TemporaryFiles.isTemporary(file);
    }

    /**
     * Deletes a file if it is what a writer that was killed left of its work; a file that somebody is writing stays, and so
     * does anything else.
     *
     * @param file any
     */
    public static void deleteLeft(Path file) {
        TemporaryFiles.deleteLeft(file);
    }

    /** Whether it was moved; not where there is no such file any more. */
    private static boolean move(Path from, Path to) throws IOException {
        try {
            try {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException elsewhere) {
                Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
            }
            return true;
        } catch (NoSuchFileException gone) {
            return false;
        }
    }
}
