package sluice.tasks.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.tasks.InputException;

class PackedTableTest {
    private static final String TABLE = "a,b,label\n0.1,1.0,p\n0.9,0.2,q\n0.2,1.1,p\n1.0,0.1,q\n";

    @TempDir
    private Path folder;

    private byte[] packed(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private byte[] packed(String text) {
        return packed(text.getBytes(StandardCharsets.UTF_8));
    }

    private CsvData table(String name, byte[] content) {
        Path file = new CsvFixture(folder).bytes(name, content);
        return CsvFixture.data(new CsvFiles.OneSet(new CsvParts.TrainAndTest(file, file)));
    }

    @Test
    void gzipIsReadAsTheTableThatItHoldsWhateverItsName() {
        var plain = CsvFixture.whole(table("t.csv", TABLE.getBytes(StandardCharsets.UTF_8)));

        var packed = CsvFixture.whole(table("other.csv", packed(TABLE)));

        assertThat(CsvFixture.values(packed.train())).isEqualTo(CsvFixture.values(plain.train()));
        assertThat(packed.checksums().get("other.csv"))
                .isEqualTo(plain.checksums().get("t.csv"));
    }

    @Test
    void gzipThatEndsEarlyIsRefusedAsSuchWhereverItEnds() {
        byte[] whole = packed(TABLE);

        for (int length = 2; length < whole.length; length++) {
            CsvData cut = table("t.csv.gz", Arrays.copyOf(whole, length));
            assertThat(new CsvFixture(folder).complaint(cut)).startsWith("t.csv.gz: the gzip file ends early");
        }
    }

    @Test
    void damagedGzipIsRefusedAsSuch() {
        byte[] damaged = packed(TABLE);
        damaged[damaged.length - 6] ^= 1;

        assertThat(new CsvFixture(folder).complaint(table("t.csv.gz", damaged)))
                .startsWith("t.csv.gz: is a damaged gzip file");
    }

    @Test
    void whatIsNeitherTextNorGzipIsRefusedWithWhatIsExpected() {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13};

        String plain = new CsvFixture(folder).complaint(table("t.csv", png));
        String packed = new CsvFixture(folder).complaint(table("t.csv", packed(png)));

        assertThat(plain).startsWith("t.csv: is neither text nor gzip: a table is a CSV file in UTF-8");
        assertThat(packed).isEqualTo(plain);
    }

    @Test
    void lineThatIsNotUtf8IsFoundWithinGzip() {
        byte[] latin = packed("a,label\n1,\u00e4\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(new CsvFixture(folder).complaint(table("t.csv.gz", latin)))
                .startsWith("t.csv.gz, line 2: is not UTF-8");
    }

    @Test
    void numbersToBePredictedMayBePacked() {
        Path file = new CsvFixture(folder).bytes("x.csv.gz", packed("1,2\n3,4\n"));

        assertThat(CsvFixture.values(NumericTable.read(file, 2))).containsExactly(1, 2, 3, 4);
        assertThatThrownBy(() -> NumericTable.read(folder.resolve("none.csv"), 2))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("none.csv does not exist: check the path");
    }
}
