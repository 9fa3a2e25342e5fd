package sluice.tasks.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.tasks.InputException;

/** A look at a table tells how it is written and what its columns are. */
class TableSketchTest {
    @TempDir
    private Path folder;

    private CsvFixture csv;

    @BeforeEach
    void openFolder() {
        csv = new CsvFixture(folder);
    }

    /** Rows of a pattern in which # is the row's number and @ a letter of three. */
    private static String rows(String header, String row, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> row.replace("#", Integer.toString(i)).replace("@", "abc".substring(i % 3, i % 3 + 1)))
                .collect(Collectors.joining("\n", header.isEmpty() ? "" : header + "\n", "\n"));
    }

    private TableSketch sketch(String text) {
        return sketch(text, StandardCharsets.UTF_8);
    }

    private TableSketch sketch(String text, Charset charset) {
        return TableSketch.of(csv.bytes("t.csv", text.getBytes(charset)), Optional.empty());
    }

    private static ColumnSketch.Kind kind(TableSketch table, String column) {
        return table.columns().stream()
                .filter(each -> each.name().equals(column))
                .findFirst()
                .orElseThrow()
                .kind();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            x,y,kind ! #,0.5#,@ ! ,  ! . ! ''
            x;y;kind ! #;0,5#;@ ! ;  ! , ! ''
            x;y;kind ! #;1.234,5#;@ ! ;  ! , ! .
            x|y|kind ! #|1,234.5#|@ ! |  ! . ! ,
            x,y,kind ! #,"1,234.5#",@ ! ,  ! . ! ,
            """)
    void howCellsAreWritten(String header, String row, char delimiter, char decimal, String thousands) {
        TableFormat format = sketch(rows(header, row, 30)).format();

        assertThat(format).isEqualTo(TableFormat.DEFAULT.delimitedBy(delimiter).numbered(decimal, thousands));
    }

    @Test
    void whatIsNeitherTextNorGzipHasNoEncoding() throws IOException {
        Path file = Files.write(folder.resolve("t.csv.gz"), new byte[] {(byte) 0x81, 3, (byte) 0xfe, 7, 'a', '\n'});

        assertThatThrownBy(() -> TableSketch.of(file, Optional.empty()))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith(
                        "t.csv.gz: is neither text nor gzip: a table is a CSV file in UTF-8, plain or gzip: save it so");
    }

    @ParameterizedTest
    @CsvSource({"UTF-8,UTF-8", "windows-1252,windows-1252", "UTF-16,UTF-16"})
    void encodings(String written, String found) {
        TableSketch table = sketch(rows("größe,kind", "#.5,@", 30), Charset.forName(written));

        assertThat(table.format().encoding().name()).isEqualTo(found);
        assertThat(table.columns().get(0).name()).isEqualTo("größe");
    }

    @Test
    void kindsOfColumns() {
        TableSketch table = sketch(rows(
                        "number,row,customerID,text,day,same,nothing,yes,free,kind",
                        "0.#,#,c-#,word # of @,2024-01-1@,x,,@,f# @,@",
                        40)
                .replace("1a", "11")
                .replace("1b", "12")
                .replace("1c", "13"));

        assertThat(kind(table, "number")).isEqualTo(ColumnSketch.Kind.NUMBER);
        assertThat(kind(table, "row")).isEqualTo(ColumnSketch.Kind.ID);
        assertThat(kind(table, "customerID")).isEqualTo(ColumnSketch.Kind.ID);
        assertThat(kind(table, "day")).isEqualTo(ColumnSketch.Kind.DATE);
        assertThat(kind(table, "same")).isEqualTo(ColumnSketch.Kind.CONSTANT);
        assertThat(kind(table, "nothing")).isEqualTo(ColumnSketch.Kind.EMPTY);
        assertThat(kind(table, "yes")).isEqualTo(ColumnSketch.Kind.CATEGORY);
        assertThat(table.predicted().name()).isEqualTo("kind");
        assertThat(table.features()).extracting(ColumnSketch::name).containsExactly("number", "yes");
        assertThat(table.unused()).hasSize(6);
        assertThat(table.format().dates()).extracting(DateColumn::column).containsExactly("day");
    }

    /** Dates of 2021, a row for each, but for some. */
    private static String dated(String form, int count, String... others) {
        StringBuilder text = new StringBuilder("x,d,kind\n");
        for (int i = 0; i < count; i++) {
            int month = 1 + i % 12;
            int day = 1 + i % 28;
            String date = i % 10 == 7 && i / 10 < others.length ? others[i / 10] : form.formatted(2021, month, day);
            text.append("0.%d,%s,%s\n".formatted(i, date, i % 2 == 0 ? "p" : "q"));
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            %1$d-%2$02d-%3$02d  ! 2021-02-30 ! yyyy-MM-dd
            %1$d-%2$02d-%3$02d  ! 2021-13-01 ! yyyy-MM-dd
            %3$02d.%2$02d.%1$d  ! 29.02.2021 ! dd.MM.yyyy
            %3$02d/%2$02d/%1$d  ! 13/13/2021 ! dd/MM/yyyy
            %1$d-%2$02d-%3$02d  ! unknown    ! yyyy-MM-dd
            """)
    void oneImpossibleDateIsToldAndLeavesTheOthersDates(String form, String wrong, String format) {
        TableSketch table = sketch(dated(form, 60, wrong));

        assertThat(table.format().dates()).extracting(DateColumn::format).containsExactly(format);
        assertThat(table.times()).isPresent();
        assertThat(table.unused()).isEmpty();
        assertThat(table.warnings())
                .containsExactly(
                        ("t.csv: column 'd': line 9: '%s' is no date of the form %s, as the column's other cells"
                                        + " are: mend it, or leave the row out: until then a run refuses it")
                                .formatted(wrong, format));
    }

    @Test
    void severalImpossibleDatesAreToldTogether() {
        String text = dated("%d-%02d-%02d", 60, "2021-02-30", "2021-13-01");

        assertThat(sketch(text).warnings())
                .singleElement()
                .asString()
                .contains("line 9: '2021-02-30', line 19: '2021-13-01' are each no date of the form yyyy-MM-dd");
    }

    @Test
    void aColumnWithManyImpossibleDatesIsOfNoKnownForm() {
        String bad = "2021-02-30";

        TableSketch table = sketch(dated("%d-%02d-%02d", 200, bad, bad, bad, bad, bad, bad));

        assertThat(table.format().dates()).isEmpty();
        assertThat(table.unused()).extracting(ColumnSketch::name).containsExactly("d");
        assertThat(table.warnings()).isEmpty();
        assertThat(sketch(dated("%d-%02d-%02d", 30, bad, bad)).format().dates()).isEmpty();
    }

    @Test
    void datesWithoutAValueAreMissing() {
        TableSketch table = sketch(dated("%d-%02d-%02d", 60, "NA", ""));

        assertThat(table.format().dates()).hasSize(1);
        assertThat(table.lacking()).extracting(ColumnSketch::name).containsExactly("d");
        assertThat(table.lacking().get(0).missing()).isEqualTo(2);
        assertThat(table.marks()).containsExactly("NA");
        assertThat(table.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"inf", "1e300", "-Infinity", "12.3.4"})
    void oneOddNumberIsToldAndLeavesTheOthersNumbers(String odd) {
        String text = rows("a,t,kind", "0.#,2.#,@", 60).replace("0.17,", odd + ",");
        Path target = csv.file("target.csv", text.replace(",2.3,", "," + odd + ","));

        TableSketch table = sketch(text);

        assertThat(kind(table, "a")).isEqualTo(ColumnSketch.Kind.NUMBER);
        assertThat(table.warnings())
                .containsExactly(
                        ("t.csv: column 'a': line 19: '%s' is no number up to 3.4e38, as the column's other cells"
                                        + " are: mend it, or leave the row out: until then a run refuses it")
                                .formatted(odd));
        assertThat(TableSketch.ofTarget(target, "t").warnings())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("target.csv: column 't': line 5: '%s' is no number".formatted(odd));
    }

    @Test
    void aColumnThatIsLeftOutIsNotToldToBeOdd() {
        String numbered = rows("id,a,kind", "1#,0.#,@", 60).replace("\n117,", "\nX17,");

        TableSketch table = sketch(numbered);

        assertThat(kind(table, "id")).isEqualTo(ColumnSketch.Kind.ID);
        assertThat(table.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            k,id,kind ! 1,c-#,@ ! as no other column is a feature: k (every cell is the same), id (tells rows apart, and nothing else): add one of numbers
            kind      ! @       ! as there is no other column: add one of numbers
            """)
    void aTableWithoutFeaturesIsRefused(String header, String row, String message) {
        Path file = csv.file("t.csv", rows(header, row, 30));

        assertThatThrownBy(() -> TableSketch.of(file, Optional.of("kind")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("t.csv: there is nothing to learn kind from, " + message);
    }

    @Test
    void theOnlyFeatureMakesNoTasks() {
        TableSketch table = sketch(rows("site,label", "@,0", 40) + rows("", "@,1", 40));

        assertThat(table.tasks()).isEmpty();
        assertThat(table.features()).extracting(ColumnSketch::name).containsExactly("site");
    }

    @Test
    void aClassThatProbablyStandsForAMissingValueIsTold() {
        String text = rows("x,kind", "0.#,@", 30).replace(",c", ",NA");

        assertThat(sketch(text).warnings())
                .containsExactly(
                        "t.csv: column 'kind': 'NA', which is a class of 10 rows (lines 4, 7, 10, 13, 16, ...),"
                                + " probably stands for a missing value: leave such rows out of the file; a class of that name is"
                                + " learned as it is");
        assertThat(sketch(text.replace("NA", "none")).warnings()).isEmpty();
    }

    @Test
    void marksOfMissingNumbersAreFound() {
        TableSketch table = sketch(rows("x,y,kind", "#.5,1.@,@", 30)
                .replace("1.a", "?")
                .replace("1.b", "NA")
                .replace("1.c", "2.5"));

        assertThat(table.marks()).containsExactly("?", "NA");
        assertThat(table.features().get(1).missing()).isEqualTo(20);
    }

    @Test
    void aTableWithoutHeaderHasColumnsByNumber() {
        TableSketch table = sketch(rows("", "0.#,1.5,@", 30));

        assertThat(table.named()).isFalse();
        assertThat(table.predicted().name()).isEqualTo("c3");
        assertThat(table.rows()).isEqualTo(30);
    }

    @Test
    void aFirstLineOfOtherWidthIsNoneOfTheTable() {
        TableSketch table = sketch(rows("30,2", "0.#,1.5,@", 30));

        assertThat(table.format().skipped()).isEqualTo(1);
        assertThat(table.columns()).hasSize(3);
    }

    @Test
    void aColumnWithRowsOfBothClassesInEachValueMakesTasks() {
        String text = rows("x,site,label", "0.#,@,0", 40) + rows("", "0.#,@,1", 40);

        TableSketch table = sketch(text);

        assertThat(table.tasks().orElseThrow().name()).isEqualTo("site");
        assertThat(table.features()).extracting(ColumnSketch::name).containsExactly("x");
        assertThat(sketch(text.replace("b,1", "c,1")).tasks()).isEmpty();
    }

    @Test
    void theLabelMayBeNamed() {
        Path file = csv.file("t.csv", rows("x,one,two", "0.#,@,@", 30));

        assertThat(TableSketch.of(file, Optional.of("one")).predicted().name()).isEqualTo("one");
        assertThatThrownBy(() -> TableSketch.of(file, Optional.of("ones")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("t.csv has no column 'ones': did you mean 'one'?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            x,label  ! 0.#,#.25  ! has 30 different numbers or more, which are hardly classes: predict the number with --target label
            x,z      ! 0.#,1.#   ! no column looks like a class, with a few values that come again: name it with --label, one of 'x', 'z'
            """)
    void whatHasNoClassIsRefused(String header, String row, String message) {
        assertThatThrownBy(() -> sketch(rows(header, row, 30)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            2  ! classes 'k0', 'k1' have one row each, and
            60 ! 60 classes, such as 'k0', 'k1', 'k2', 'k3', 'k4', have one row each, and
            """)
    void ofManyClassesOfOneRowTheFirstAreNamed(int alone, String message) {
        Path file = csv.file("t.csv", rows("x,kind", "0.#,@", 30) + rows("", "0.#,k#", alone));

        assertThatThrownBy(() -> TableSketch.of(file, Optional.of("kind")))
                .hasMessageContaining(message)
                .hasMessageNotContaining("k5")
                .hasMessageEndingWith("add rows, or leave them out");
    }

    @Test
    void aClassThatCannotBeLearnedIsRefused() {
        Path file = csv.file("t.csv", rows("x,kind", "0.#,@", 30) + "1,rare\n");
        Path empty = csv.file("e.csv", rows("x,kind", "0.#,@", 30) + "1,\n");
        Path one = csv.file("o.csv", rows("x,kind", "0.#,a", 30));

        assertThatThrownBy(() -> TableSketch.of(file, Optional.of("kind")))
                .hasMessageContaining("class 'rare' has one row alone");
        assertThatThrownBy(() -> TableSketch.of(empty, Optional.of("kind")))
                .hasMessageContaining("1 rows have no class");
        assertThatThrownBy(() -> TableSketch.of(one, Optional.of("kind")))
                .hasMessageContaining("all rows are of one class");
    }
}
