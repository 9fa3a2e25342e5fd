package sluice.evaluation.report;

import com.google.common.hash.Hashing;
import com.google.common.io.LittleEndianDataOutputStream;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Scalars as TensorBoard reads them: a file of TFRecords (length, its checksum, an event, its checksum), each event a
 * message {@code Event} of TensorFlow's event.proto. Wall times are 0, so that the same results give the same bytes.
 */
final class EventFile {
    private static final String VERSION = "brain.Event:2";
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int VALUE = 1;
    private static final int TAG = 1;
    private static final int SIMPLE_VALUE = 2;
    private static final int CHECKSUM_ROTATION = 15;
    private static final int CHECKSUM_OFFSET = 0xa282ead8;

    private final ByteArrayOutputStream records = new ByteArrayOutputStream();

    EventFile() {
        record(message(out -> out.writeString(FILE_VERSION, VERSION)));
    }

    /** A part of a message. */
    private interface Fields {
        void writeTo(CodedOutputStream out) throws IOException;
    }

    void add(String tag, long step, double value) {
        byte[] scalar = message(out -> {
            out.writeString(TAG, tag);
            out.writeFloat(SIMPLE_VALUE, (float) value);
        });
        byte[] summary = message(out -> out.writeBytes(VALUE, ByteString.copyFrom(scalar)));
        record(message(out -> {
            out.writeInt64(STEP, step);
            out.writeBytes(SUMMARY, ByteString.copyFrom(summary));
        }));
    }

    byte[] bytes() {
        return records.toByteArray();
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.writeTo(out);
            out.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private void record(byte[] event) {
        ByteArrayOutputStream length = new ByteArrayOutputStream();
        try (LittleEndianDataOutputStream count = new LittleEndianDataOutputStream(length);
                LittleEndianDataOutputStream out = new LittleEndianDataOutputStream(records)) {
            count.writeLong(event.length);
            out.write(length.toByteArray());
            out.writeInt(maskedChecksum(length.toByteArray()));
            out.write(event);
            out.writeInt(maskedChecksum(event));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static int maskedChecksum(byte[] bytes) {
        int checksum = Hashing.crc32c().hashBytes(bytes).asInt();
        return Integer.rotateRight(checksum, CHECKSUM_ROTATION) + CHECKSUM_OFFSET;
    }
}
