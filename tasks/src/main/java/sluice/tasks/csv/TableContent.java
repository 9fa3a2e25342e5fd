package sluice.tasks.csv;

import com.google.common.base.Utf8;
import com.google.common.hash.Hashing;
import com.google.common.hash.HashingInputStream;
import com.google.common.io.ByteStreams;
import com.google.common.primitives.Bytes;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import sluice.tasks.InputException;

/**
 * The unpacked content of a table's file. Whether it is gzip is told by its first two bytes, never by its name; it is
 * unpacked while it is read, so that what it claims to hold takes no memory.
 */
public final class TableContent {
    private static final int BUFFER = 1 << 16;
    /** So much of a file tells text from other things. */
    private static final int BEGINNING = 1 << 10;

    private TableContent() {}

    /**
     * {@return whether its content begins as text does: with no byte 0 (but after UTF-16's byte order mark), and, where
     * it is no UTF-8, with no other control character}
     *
     * @param path a file, plain or gzip
     * @throws InputException if it cannot be read, or is a gzip file that is damaged or ends early
     */
    public static boolean isText(Path path) {
        try (InputStream content = open(path)) {
            byte[] start = content.readNBytes(BEGINNING);
            return marksUtf16(start)
                    || (!Bytes.contains(start, (byte) 0) && (Utf8.isWellFormed(start) || !hasControl(start)));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static boolean marksUtf16(byte[] start) {
        return start.length >= 2
                && ((start[0] == (byte) 0xff && start[1] == (byte) 0xfe)
                        || (start[0] == (byte) 0xfe && start[1] == (byte) 0xff));
    }

    private static boolean hasControl(byte[] start) {
        for (byte octet : start) {
            if (octet >= 0 && octet < ' ' && octet != '\t' && octet != '\n' && octet != '\r' && octet != '\f') {
                return true;
            }
        }
        return false;
    }

    static InputStream open(Path path) throws IOException {
        InputStream file = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        try {
            file.mark(2);
            boolean compressed = file.read() == 0x1f && file.read() == 0x8b;
            file.reset();
            return compressed ? new GZIPInputStream(file, BUFFER) : file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** The SHA-256 (hex) of the content: the same for a table and for the same table packed. */
    static String sha256(HashingInputStream content) throws IOException {
        ByteStreams.exhaust(content);
        return content.hash().toString();
    }

    static HashingInputStream hashed(Path path) throws IOException {
        return new HashingInputStream(Hashing.sha256(), open(path));
    }

    /** A mistake: what is there is no table. */
    static InputException noText(Path path) {
        return new InputException(CsvPlace.name(path)
                + ": is neither text nor gzip: a table is a CSV file in UTF-8, plain or gzip: save it so");
    }

    /** The same in the user's words. */
    static InputException unreadable(Path path, IOException problem) {
        String file = CsvPlace.name(path);
        if (problem instanceof EOFException) {
            return new InputException(
                    file + ": the gzip file ends early: it was cut off; copy or download it again", problem);
        }
        if (problem instanceof ZipException) {
            return new InputException(
                    "%s: is a damaged gzip file (%s): copy or download it again".formatted(file, problem.getMessage()),
                    problem);
        }
        if (problem instanceof NoSuchFileException) {
            return new InputException(file + " does not exist: check the path", problem);
        }
        return new InputException(
                "cannot read %s (%s): check that it is a file that you may read".formatted(file, problem), problem);
    }
}
