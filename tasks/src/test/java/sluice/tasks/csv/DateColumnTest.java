package sluice.tasks.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts of dates are columns of numbers. */
class DateColumnTest {
    private static final DateColumn SOLD = new DateColumn(
            "sold", "yyyy-MM-dd", List.of(DateColumn.Part.YEAR, DateColumn.Part.MONTH, DateColumn.Part.WEEKDAY));

    @TempDir
    private Path folder;

    private CsvFixture csv;

    @BeforeEach
    void openFolder() {
        csv = new CsvFixture(folder);
    }

    private static CsvData data(CsvFiles files, TableHeader header, Missing missing) {
        return new CsvData(
                files,
                header,
                CsvColumns.labelled("label"),
                Standardise.NONE,
                missing,
                UnseenCategory.IGNORE,
                TableFormat.DEFAULT.dated(List.of(SOLD)));
    }

    private CsvData data(String rows, Missing missing) {
        return data(csv.set(rows, rows), new TableHeader.FirstLine(), missing);
    }

    /** As a model of one task keeps it. */
    private TableEncoding kept(String rows, TableHeader header) {
        CsvFiles tasks = new CsvFiles.PerTask(ImmutableList.of(new CsvFiles.NamedTable("a", csv.parts(rows, rows))));
        return TableEncoding.parse(CsvFixture.tasks(data(tasks, header, Missing.REFUSED))
                .encodings()
                .get(0)
                .json());
    }

    @Test
    void partsTakeTheDatesPlace() {
        CsvData data = data("x,sold,label\n1,2024-02-29,a\n2,2023-12-31,b\n", Missing.REFUSED);

        assertThat(CsvFixture.values(CsvFixture.whole(data).train())).containsExactly(1, 2024, 2, 4, 2, 2023, 12, 7);
    }

    @Test
    void missingDatesAreFilledAsNumbersAre() {
        CsvData data = data("x,sold,label\n1,,a\n2,NA,b\n", CsvFixture.filled(new Missing.Fill.Constant(7)));

        assertThat(CsvFixture.values(CsvFixture.whole(data).train())).containsExactly(1, 7, 7, 7, 2, 7, 7, 7);
        assertThat(csv.complaint(data("x,sold,label\n1,,a\n2,2024-01-01,b\n", Missing.REFUSED)))
                .contains("line 2, column 'sold (year)'");
    }

    @ParameterizedTest
    @CsvSource({"2023-02-29", "2023-13-01", "01.02.2023", "2023-2-1", "yesterday"})
    void whatIsNoDateOfTheCalendarIsRefused(String cell) {
        assertThat(csv.complaint(data("x,sold,label\n1,2024-01-01,a\n2,%s,b\n".formatted(cell), Missing.REFUSED)))
                .startsWith(
                        "train.csv, line 3, column 'sold': must be a date of the form yyyy-MM-dd, got '%s': mend it;"
                                .formatted(cell));
    }

    @Test
    void aModelReadsTheDatesOfNewTables() {
        TableEncoding kept = kept("x,sold,label\n1,2024-02-29,a\n2,2023-12-31,b\n", new TableHeader.FirstLine());

        Path next = csv.file("next.csv", "sold,x\n2025-01-06,5\n");
        assertThat(CsvFixture.values(TableReading.read(kept, next).examples())).containsExactly(5, 2025, 1, 1);
    }

    @Test
    void aTableWithoutHeaderHasThemByPosition() {
        TableEncoding kept =
                kept("1,2024-02-29,a\n2,2023-12-31,b\n", new TableHeader.None(ImmutableList.of("x", "sold", "label")));

        Path next = csv.file("next.csv", "5,2025-01-06,b\n");
        assertThat(CsvFixture.values(TableReading.read(kept, next).examples())).containsExactly(5, 2025, 1, 1);
    }

    @ParameterizedTest
    @CsvSource({"yyyy,MONTH", "yyyy-MM-dd,HOUR", "HH:mm,YEAR"})
    void aFormThatTellsNoSuchPartIsRefused(String format, DateColumn.Part part) {
        assertThatThrownBy(() -> new DateColumn("sold", format, List.of(part)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tells no");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2024-01-02,2024-01-03          | yyyy-MM-dd
            02.01.2024,31.12.2024          | dd.MM.yyyy
            01/31/2024,12/01/2023          | MM/dd/yyyy
            31/01/2024,01/12/2023          | dd/MM/yyyy
            2024-01-02 13:30:00,2024-01-03 14:00:00 | yyyy-MM-dd HH:mm:ss
            2024-01-02T13:30:00,2024-01-03T14:00:00 | yyyy-MM-dd'T'HH:mm:ss
            """)
    void aLookTellsHowDatesAreWritten(String cells, String format) {
        List<String> dates = Splitter.on(',').splitToList(cells);
        StringBuilder text = new StringBuilder("when,label\n");
        for (int i = 0; i < 20; i++) {
            text.append(dates.get(i % 2)).append(i % 4 < 2 ? ",a\n" : ",b\n");
        }

        TableSketch table = TableSketch.of(csv.file("t.csv", text.toString()), Optional.empty());

        assertThat(table.format().dates())
                .singleElement()
                .satisfies(date -> assertThat(date.format()).isEqualTo(format));
        assertThat(table.unused()).isEmpty();
    }
}
