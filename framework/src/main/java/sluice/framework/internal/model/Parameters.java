package sluice.framework.internal.model;

import com.google.common.hash.Hashing;
import com.google.common.hash.HashingOutputStream;
import com.google.common.io.ByteStreams;
import com.google.common.io.CountingOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

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

    /** {@return all that something writes} */
    public static byte[] array(Written written) {
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        try {
            written.writeTo(array);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return array.toByteArray();
    }

    /** {@return whether a model of them can be read again} */
    public boolean fit() {
        return bytes <= MOST_BYTES;
    }
}
