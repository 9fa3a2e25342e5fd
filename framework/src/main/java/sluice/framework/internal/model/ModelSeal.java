package sluice.framework.internal.model;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.common.primitives.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.ZipOutputStream;
import sluice.framework.predict.file.ModelSum;

/** Writes the checksum over every byte of a model file, as {@link ModelSum} says. */
public final class ModelSeal {
    private static final int DIGITS = ModelSum.DIGITS;

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
        zip.setComment(ModelSum.TITLE + "0".repeat(DIGITS));
        content.writeTo(zip);
        zip.finish();
        sealed.seal();
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
