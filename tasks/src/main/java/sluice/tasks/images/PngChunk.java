package sluice.tasks.images;

import com.google.common.collect.ImmutableList;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A part of a PNG file.
 *
 * @param type four letters
 * @param content what it holds
 */
record PngChunk(String type, ByteBuffer content) {
    private static final int SIGNATURE = 8;
    private static final int TYPE = 4;
    private static final String LAST = "IEND";

    /** All of a file, whose checksums Java's reader does not look at. */
    static ImmutableList<PngChunk> of(byte[] file) throws IOException {
        ImmutableList.Builder<PngChunk> chunks = ImmutableList.builder();
        ByteBuffer rest = ByteBuffer.wrap(file).position(SIGNATURE);
        PngChunk chunk;
        do {
            try {
                chunk = next(rest);
            } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
                throw new EOFException();
            }
            chunks.add(chunk);
        } while (!chunk.type.equals(LAST));
        return chunks.build();
    }

    private static PngChunk next(ByteBuffer rest) throws IOException {
        int length = rest.getInt();
        ByteBuffer typed = rest.slice(rest.position(), TYPE + checked(length));
        rest.position(rest.position() + typed.limit());
        CRC32 sum = new CRC32();
        sum.update(typed.duplicate());
        if (rest.getInt() != (int) sum.getValue()) {
            throw new IOException("checksum");
        }
        byte[] type = new byte[TYPE];
        typed.get(type);
        return new PngChunk(new String(type, StandardCharsets.US_ASCII), typed.slice());
    }

    private static int checked(int length) throws IOException {
        if (length < 0 || length > Integer.MAX_VALUE - TYPE) {
            throw new EOFException();
        }
        return length;
    }
}
