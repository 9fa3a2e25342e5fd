package sluice.tasks.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.tasks.InputException;

/** Tables whose cells are written in other ways mean the same. */
class TableFormatTest {
    private static final TableFormat GERMAN =
            TableFormat.DEFAULT.delimitedBy(';').numbered(',', ".").encoded(Charset.forName("windows-1252"));
    private static final String ROWS =
            "groesse;art;label\n1.234,5;Käse;a\n-0,25;\"Br;ot\";b\n7;Käse;a\n,5e1;\"Br;ot\";b\n";

    @TempDir
    private Path folder;

    private CsvFixture csv;

    @BeforeEach
    void openFolder() {
        csv = new CsvFixture(folder);
    }

    private CsvData data(byte[] rows, TableFormat format) {
        CsvParts parts = new CsvParts.TrainAndTest(csv.bytes("train.csv", rows), csv.bytes("test.csv", rows));
        return new CsvData(
                new CsvFiles.OneSet(parts),
                new TableHeader.FirstLine(),
                CsvFixture.LABELLED.withCategorical("art"),
                Standardise.NONE,
                Missing.REFUSED,
                UnseenCategory.IGNORE,
                format);
    }

    @Test
    void semicolonsCommasAndLettersOfAnotherEncodingAreRead() {
        byte[] rows = ROWS.getBytes(GERMAN.encoding());

        assertThat(CsvFixture.values(CsvFixture.whole(data(rows, GERMAN)).train()))
                .containsExactly(1234.5f, 0, 1, -0.25f, 1, 0, 7, 0, 1, 5, 1, 0);
    }

    @ParameterizedTest
    @CsvSource({"UTF-8", "UTF-16", "UTF-16LE", "ISO-8859-1"})
    void anyEncodingOfTheSameTextMeansTheSame(String encoding) {
        TableFormat format = GERMAN.encoded(Charset.forName(encoding));

        assertThat(CsvFixture.values(CsvFixture.whole(data(ROWS.getBytes(format.encoding()), format))
                        .train()))
                .startsWith(1234.5f, 0, 1);
    }

    @Test
    void aTableThatIsNotInItsEncodingIsRefused() {
        byte[] rows = ROWS.getBytes(GERMAN.encoding());

        assertThatThrownBy(() -> CsvLoading.load(data(rows, GERMAN.encoded(StandardCharsets.UTF_8))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 2: is not UTF-8", "encoding: windows-1252");
        assertThatThrownBy(() -> CsvLoading.load(data(rows, GERMAN.encoded(StandardCharsets.US_ASCII))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is not US-ASCII: write another encoding");
    }

    @Test
    void aModelReadsNewTablesAsItsOwnWereWritten() {
        CsvData data = data(ROWS.getBytes(GERMAN.encoding()), GERMAN);
        CsvFiles.OneSet set = (CsvFiles.OneSet) data.files();
        CsvData tasks = new CsvData(
                new CsvFiles.PerTask(ImmutableList.of(new CsvFiles.NamedTable("a", set.table()))),
                data.header(),
                data.columns(),
                data.standardise(),
                data.missing(),
                data.unseen(),
                GERMAN);
        String json = CsvFixture.tasks(tasks).encodings().get(0).json();
        TableEncoding kept = TableEncoding.parse(json);

        Path next = csv.bytes("next.csv", "art;groesse\nKäse;2.000,5\n".getBytes(GERMAN.encoding()));
        assertThat(CsvFixture.values(TableReading.read(kept, next).examples())).containsExactly(2000.5f, 0, 1);
        assertThat(kept.format()).isEqualTo(GERMAN);
    }

    @Test
    void theUsualFormatIsNotWritten() {
        CsvData data = CsvFixture.data(csv.perTask(
                "x,label\n1,a\n2,b\n", "x,label\n1,a\n2,b\n", "x,label\n1,a\n2,b\n", "x,label\n1,a\n2,b\n"));
        String json = CsvFixture.tasks(data).encodings().get(0).json();

        assertThat(json).doesNotContain("format");
        assertThat(TableEncoding.parse(json).format()).isEqualTo(TableFormat.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1,5     | 1.5
            1.234   | 1234
            1.234,5 | 1234.5
            12.34   | 12.34
            -,5     | -.5
            1,5e-3  | 1.5e-3
            a,b     | a,b
            1,2,3   | 1,2,3
            01.02.2024 | 01.02.2024
            """)
    void onlyNumbersOfTheFormatAreNumbers(String cell, String plain) {
        assertThat(GERMAN.numbers().plain(cell)).isEqualTo(plain);
    }

    @Test
    void marksThatMeanTwoThingsAreRefused() {
        assertThatThrownBy(() -> TableFormat.DEFAULT.delimitedBy('"')).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TableFormat.DEFAULT.numbered(',', ",")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TableFormat.DEFAULT.numbered(';', "")).isInstanceOf(IllegalArgumentException.class);
    }
}
