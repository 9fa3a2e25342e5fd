package sluice.framework.internal.model;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.common.io.ByteStreams;
import com.google.common.primitives.Bytes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipOutputStream;
import sluice.tasks.InputException;

/**
 * A checksum over every byte of a model file, at its very end: a zip file ends with its comment, which here ends with the
 * SHA-256 (hex) of all bytes before these digits. Files of the formats before had none.
 */
public final class ModelSeal {
    private static final String TITLE = "sluice sha-256 ";
    private static final int DIGITS = 64;

    private ModelSeal() {}

    /** What is put into a zip file. */
    @FunctionalInterface
    interface Content {
        void writeTo(ZipOutputStream zip) throws IOException;
    }

    /** Writes a zip file with its seal; does not close. */
    static void write(OutputStream out, Content content) throws IOException {
        SealedStream sealed = new SealedStream(out);
        ZipOutputStream zip = new ZipOutputStream(sealed);
        zip.setComment(TITLE + "0".repeat(DIGITS));
        content.writeTo(zip);
        zip.finish();
        sealed.seal();
    }

    /**
     * Whether a file has a seal.
     *
     * @throws InputException if it has one, and another content than when it was sealed
     */
    static boolean isSealed(Path file) throws IOException {
        long length = Files.size(file);
        if (length < TITLE.length() + DIGITS) {
            return false;
        }
        Hasher hasher = Hashing.sha256().newHasher();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            hash(in, length - DIGITS - TITLE.length(), hasher);
            byte[] title = in.readNBytes(TITLE.length());
            if (!new String(title, StandardCharsets.ISO_8859_1).equals(TITLE)) {
                return false;
            }
            String found = hasher.putBytes(title).hash().toString();
            if (!found.equals(new String(in.readNBytes(DIGITS), StandardCharsets.ISO_8859_1))) {
                throw ModelArchive.damaged(file, "it does not match its checksum");
            }
            return true;
        }
    }

    private static void hash(InputStream in, long length, Hasher hasher) throws IOException {
        InputStream part = ByteStreams.limit(in, length);
        byte[] block = new byte[1 << 16];
        for (int read = part.read(block); read >= 0; read = part.read(block)) {
            hasher.putBytes(block, 0, read);
        }
    }

    /** Passes everything on but the last bytes, in whose place the checksum of all others comes. */
    private static final class SealedStream extends OutputStream {
        private final OutputStream out;
        private final Hasher hasher = Hashing.sha256().newHasher();
        private byte[] last = new byte[0];

        SealedStream(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            byte[] held = Bytes.concat(
                    last, Arrays.copyOfRange(bytes, Math.max(from, from + length - DIGITS), from + length));
            if (length > DIGITS) {
                pass(last, 0, last.length);
                pass(bytes, from, length - DIGITS);
                held = Arrays.copyOfRange(held, last.length, held.length);
            }
            int surplus = Math.max(0, held.length - DIGITS);
            pass(held, 0, surplus);
            last = Arrays.copyOfRange(held, surplus, held.length);
        }

        private void pass(byte[] bytes, int from, int length) throws IOException {
            hasher.putBytes(bytes, from, length);
            out.write(bytes, from, length);
        }

        void seal() throws IOException {
            out.write(hasher.hash().toString().getBytes(StandardCharsets.US_ASCII));
        }
    }
}
