package sluice.framework.internal.model;

import com.google.common.hash.Hashing;
import com.google.common.hash.HashingOutputStream;
import com.google.common.io.ByteStreams;
import com.google.common.io.CountingOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import sluice.framework.internal.state.StateTooLargeException;

/**
 * The numbers of a model, which are written from where they are: of thousands of tasks they take a good part of the memory.
 *
 * @param bytes that they take
 * @param sha256 of these, hex
 * @param written writes the same bytes each time
 */
public record Parameters(long bytes, String sha256, Written written) {
    /** Most that are read again: an array has no more. */
    private static final long MOST_BYTES = Integer.MAX_VALUE - Long.BYTES;

    /** What writes numbers, big-endian. */
    @FunctionalInterface
    public interface Written {
        /** Writes all of them; does not close. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** {@return these numbers, after they were written once to nowhere} */
    public static Parameters of(Written written) {
        HashingOutputStream hashing = new HashingOutputStream(Hashing.sha256(), ByteStreams.nullOutputStream());
        CountingOutputStream counting = new CountingOutputStream(hashing);
        try {
            written.writeTo(counting);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new Parameters(counting.getCount(), hashing.hash().toString(), written);
    }

    /**
     * {@return all that something writes, which is asked to do so twice: an array that grows would take three times its room}
     *
     * @throws StateTooLargeException if an array cannot hold it
     */
    public static byte[] array(Written written) {
        try {
            CountingOutputStream counting = new CountingOutputStream(ByteStreams.nullOutputStream());
            written.writeTo(counting);
            if (counting.getCount() > MOST_BYTES) {
                throw new StateTooLargeException("an array of %d bytes".formatted(counting.getCount()));
            }
            FilledArray array = new FilledArray((int) counting.getCount());
            written.writeTo(array);
            return array.bytes;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Writes into an array of the right length. */
    private static final class FilledArray extends OutputStream {
        private final byte[] bytes;
        private int filled;

        FilledArray(int length) {
            this.bytes = new byte[length];
        }

        @Override
        public void write(int value) {
            bytes[filled++] = (byte) value;
        }

        @Override
        public void write(byte[] source, int from, int length) {
            System.arraycopy(source, from, bytes, filled, length);
            filled += length;
        }
    }

    /** {@return whether a model of them can be read again} */
    public boolean fit() {
        return bytes <= MOST_BYTES;
    }
}
