package sluice.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportEventsTest {
    @TempDir
    private Path folder;

    private record Scalar(String tag, long step, float value) {}

    @Test
    void theFileHoldsTheScalarsUnderTheirTagsAndSteps() throws IOException {
        EventFile events = new EventFile();
        events.add("accuracy/1 a", 2, 0.75);
        events.add("metrics/acc", 300, -1);

        assertThat(scalars(events.bytes()))
                .containsExactly(new Scalar("accuracy/1 a", 2, 0.75f), new Scalar("metrics/acc", 300, -1));
    }

    @Test
    void everyRunHasAFileWithItsCurves() throws IOException {
        Path run = ExampleRuns.small().writeRun(folder.resolve("run"));

        List<Path> written = Report.of(ReportData.ofFolders(List.of(run))).writeEvents(folder.resolve("events"));

        assertThat(written).hasSize(1);
        List<Scalar> scalars = scalars(Files.readAllBytes(written.get(0)));
        assertThat(scalars).filteredOn(s -> s.tag().startsWith("accuracy/")).hasSize(12);
        assertThat(scalars)
                .filteredOn(s -> s.tag().startsWith("training_loss/"))
                .hasSize(18);
        assertThat(scalars.get(scalars.size() - 1).step()).isEqualTo(3 * 24);
    }

    @Test
    void checksumsAreMaskedAsTheFormatWants() {
        byte[] bytes = "123456789".getBytes(StandardCharsets.US_ASCII);

        // CRC-32C of the digits is 0xe3069283
        assertThat(EventFile.maskedChecksum(bytes)).isEqualTo(Integer.rotateRight(0xe3069283, 15) + 0xa282ead8);
    }

    private static List<Scalar> scalars(byte[] file) throws IOException {
        List<Scalar> scalars = new ArrayList<>();
        ByteBuffer records = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        while (records.hasRemaining()) {
            byte[] length = new byte[8];
            records.mark().get(length).reset();
            byte[] event = new byte[(int) records.getLong()];
            assertThat(records.getInt()).isEqualTo(masked(length));
            records.get(event);
            assertThat(records.getInt()).isEqualTo(masked(event));
            read(CodedInputStream.newInstance(event), scalars);
        }
        return scalars;
    }

    private static void read(CodedInputStream event, List<Scalar> scalars) throws IOException {
        long step = 0;
        for (int tag = event.readTag(); tag != 0; tag = event.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 2 -> step = event.readInt64();
                case 3 -> assertThat(event.readString()).isEqualTo("brain.Event:2");
                case 5 -> {
                    CodedInputStream summary = event.readBytes().newCodedInput();
                    summary.readTag();
                    CodedInputStream value = summary.readBytes().newCodedInput();
                    value.readTag();
                    String name = value.readString();
                    value.readTag();
                    scalars.add(new Scalar(name, step, value.readFloat()));
                }
                default -> throw new AssertionError("field " + tag);
            }
        }
    }

    private static int masked(byte[] bytes) {
        int checksum = Hashing.crc32c().hashBytes(bytes).asInt();
        return ((checksum >>> 15) | (checksum << 17)) + 0xa282ead8;
    }
}
