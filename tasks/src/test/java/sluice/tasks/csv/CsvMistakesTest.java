package sluice.tasks.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.tasks.InputException;
import sluice.tasks.MemoryBudget;

class CsvMistakesTest {
    private static final String GOOD = "x,label\n1,a\n2,b\n";

    @TempDir
    Path folder;

    private CsvFixture csv;

    @BeforeEach
    void fixture() {
        csv = new CsvFixture(folder);
    }

    private String complaint(String train) {
        return csv.complaint(CsvFixture.data(csv.set(train, GOOD)));
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        CsvFiles files = csv.set(GOOD, GOOD);
        Files.delete(folder.resolve("test.csv"));

        assertThat(csv.complaint(CsvFixture.data(files))).isEqualTo("test.csv does not exist: check the path");
    }

    @Test
    void aFolderIsNoFile() {
        CsvFiles files = new CsvFiles.OneSet(new CsvParts.TrainAndTest(folder, folder));

        assertThatThrownBy(() -> CsvLoading.load(CsvFixture.data(files)))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith(" is a folder: name a CSV file");
    }

    @Test
    void anEmptyFileIsRefused() {
        assertThat(complaint("")).startsWith("train.csv, line 1: the file is empty: write a header");
        assertThat(complaint("\uFEFF")).startsWith("train.csv, line 1: the file is empty");
    }

    /** Line ends are written ~ in the table. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ~                       | train.csv, line 1: the file is empty
            ~~                      | train.csv, line 1: the file is empty
            x,label                 | train.csv, line 1: a header with no rows
            x,species~1,a           | train.csv, line 1, column 'label': there is no such column, which is the label: its columns are 'x', 'species'
            x,lable~1,a             | train.csv, line 1, column 'label': there is no such column, which is the label: did you mean 'lable'?
            x;label~1;a             | the only column is 'x;label': cells are separated by something else, so write delimiter: semicolon
            x,x,label~1,2,a         | train.csv, line 1, column 'x': columns 1 and 2 of the header have this name
            x,,label~1,2,a          | train.csv, line 1: column 2 of the header has no name
            label~a~b               | train.csv, line 1: no column is a feature
            x,label~1,a~2           | train.csv, line 3, column 'label': the row ends before this column: it has 1 of 2 cells
            x,label~1,a~2,b,c       | train.csv, line 3: the row has 3 cells under a header of 2, column 'label' being the last
            x,label~1,a~two,b       | train.csv, line 3, column 'x': must be a number such as 0.25 or 1.5e9 (up to 3.4e38), got 'two'
            x,label~1,a~0x1p3,b     | train.csv, line 3, column 'x': must be a number
            x,label~1,a~1d,b        | train.csv, line 3, column 'x': must be a number
            x,label~1,a~1e39,b    | train.csv, line 3, column 'x': must be a number such as 0.25 or 1.5e9 (up to 3.4e38), got '1e39'
            x,label~1,a~1 000,b     | train.csv, line 3, column 'x': must be a number
            x,label~1,a~NaN,b       | train.csv, line 3, column 'x': 'NaN' (1 cell) in a column of numbers probably stands for a missing value: write missing: {text: NaN, fill: mean}
            x,label~1,a~-Infinity,b | train.csv, line 3, column 'x': must be a finite number, got '-Infinity'
            x,label~1,a~inf,b       | train.csv, line 3, column 'x': must be a finite number, got 'inf'
            x,label~1,a~,b          | train.csv, line 3, column 'x': the cell has no value: write one, or say what takes its place
            x,label~1,a~1,          | train.csv, line 3, column 'label': the cell has no value, and every row needs one
            x,label~1,a~2,a         | train.csv, line 2, column 'label': the class 'a' is the only one in training rows
            x,label~1,a~"2,b~3,b    | train.csv, line 3: a quoted cell is not closed
            x,label~"1" 2,a         | train.csv, line 2: a quoted cell is not closed, or text follows its closing quote
            x,label~"1~",a~two,b    | train.csv, line 2, column 'x': must be a number
            x,label~1,"a~a"~~two,b  | train.csv, line 5, column 'x': must be a number such as
            """)
    void aMistakeInAFileIsOneLineWithItsPlace(String file, String complaint) {
        assertThat(complaint(file.replace('~', '\n'))).contains(complaint);
        assertThat(complaint(file.replace("~", "\r\n"))).contains(complaint);
    }

    @Test
    void cellsAreShownShortenedAndPrintable() {
        String cell = "\"\u001b[31m\n" + "z".repeat(100) + "\"";

        assertThat(complaint("x,label\n" + cell + ",a\n"))
                .contains("train.csv, line 2, column 'x'", "got '\uFFFD[31m\uFFFDzzz", "zzz\u2026'")
                .doesNotContain("z".repeat(61));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x\n", "x\r\n"})
    void textThatIsNotUtf8IsNamedWithItsLine(String before) {
        byte[] latin = ("x,label\n1,a\n" + before + "2,caf\u00e9\n").getBytes(StandardCharsets.ISO_8859_1);
        CsvFiles files = csv.set(GOOD, GOOD);
        csv.bytes("train.csv", latin);

        assertThat(csv.complaint(CsvFixture.data(files)))
                .isEqualTo(
                        "train.csv, line %d: is not UTF-8: save the file as UTF-8, or write what it is, for instance encoding: windows-1252"
                                .formatted(before.isEmpty() ? 3 : 4));
    }

    @Test
    void textThatIsNotUtf8IsFoundFarDown() {
        byte[] latin = ("x,label\n" + "1,a\n".repeat(50_000) + "2,caf\u00e9").getBytes(StandardCharsets.ISO_8859_1);
        CsvFiles files = csv.set(GOOD, GOOD);
        csv.bytes("train.csv", latin);

        assertThat(csv.complaint(CsvFixture.data(files))).startsWith("train.csv, line 50002: is not UTF-8");
    }

    @Test
    void columnsThatAreAskedForMustBeThere() {
        CsvFiles files = csv.set(GOOD, GOOD);

        assertThat(csv.complaint(CsvFixture.data(files, CsvFixture.LABELLED.withCategorical("y"))))
                .startsWith("train.csv, line 1, column 'y': there is no such column, which is categorical");
        assertThat(csv.complaint(CsvFixture.data(files, CsvFixture.LABELLED.without("lobel"))))
                .contains("which is excluded: did you mean 'label'?");
        assertThat(csv.complaint(CsvFixture.data(csv.byColumn(GOOD, GOOD))))
                .startsWith("train.csv, line 1, column 'site': there is no such column, which is the task");
    }

    @Test
    void allFilesMustHaveTheSameColumns() {
        assertThat(csv.complaint(CsvFixture.data(csv.set("x,y,label\n1,2,a\n1,2,b\n", GOOD))))
                .startsWith("test.csv, line 1, column 'y': there is no such column, which is one of ")
                .contains("train.csv");
        assertThat(csv.complaint(CsvFixture.data(csv.perTask(GOOD, GOOD, "x,z,label\n1,2,a\n1,2,b\n", GOOD))))
                .startsWith("b-train.csv, line 1, column 'z': ")
                .contains("a-train.csv has no such column, and all files need the same");
    }

    @Test
    void aCategoryThatNoTrainingRowHasIsRefusedWhereThatIsAskedFor() {
        CsvFiles files = csv.set("k,label\np,a\nq,b\n", "k,label\np,a\n\nr,b\n");

        CsvData refusing = new CsvData(
                files,
                new TableHeader.FirstLine(),
                CsvFixture.LABELLED.withCategorical("k"),
                Standardise.NONE,
                Missing.REFUSED,
                UnseenCategory.REFUSE,
                TableFormat.DEFAULT);

        assertThat(csv.complaint(refusing))
                .startsWith("test.csv, line 4, column 'k': the category 'r' is in no training row");
    }

    @Test
    void aClassThatOnlyTestRowsHaveIsRefused() {
        assertThat(csv.complaint(CsvFixture.data(csv.set(GOOD, "x,label\n1,a\n2,c\n"))))
                .startsWith("test.csv, line 3, column 'label': the class 'c' is in no training row");
        assertThat(csv.complaint(CsvFixture.data(csv.perTask(GOOD, GOOD, "x,label\n1,a\n2,c\n", GOOD))))
                .startsWith("b-test.csv, line 3, column 'label': the class 'b' of task 'b' is in no training row");
    }

    @Test
    void aTaskWithOneClassIsRefused() {
        assertThat(csv.complaint(CsvFixture.data(csv.perTask(GOOD, GOOD, "x,label\n1,a\n2,a\n", GOOD))))
                .startsWith("b-train.csv, line 2, column 'label': the class 'a' of task 'b' is the only one");
    }

    @Test
    void tasksMustBeInBothParts() {
        String train = "x,site,label\n1,s,a\n2,s,b\n3,n,a\n4,n,b\n";

        assertThat(csv.complaint(CsvFixture.data(csv.byColumn(train, "x,site,label\n1,s,a\n2,m,b\n"))))
                .startsWith("test.csv, line 3, column 'site': the task 'm' is in no training row");
        assertThat(csv.complaint(CsvFixture.data(csv.byColumn(train, "x,site,label\n1,s,a\n"))))
                .startsWith("train.csv, line 4: the task that begins here, 'n', has no test rows");
    }

    @Test
    void aTasksNameMustBePrintable() {
        assertThat(csv.complaint(CsvFixture.data(csv.byColumn("x,site,label\n1,\u001b[2J,a\n", GOOD))))
                .startsWith("train.csv, line 2, column 'site': a task's name must be printable, got '\uFFFD[2J'");
    }

    @Test
    void aClassWithOneRowCannotBeDivided() {
        CsvFiles files = new CsvFiles.OneSet(csv.shared("x,label\n1,a\n2,a\n3,b\n", 0.5));

        assertThat(csv.complaint(CsvFixture.data(files)))
                .startsWith("all.csv, line 4, column 'label': the class 'b' has this row alone");
    }

    @Test
    void dataThatExceedsTheBudgetIsRefusedOnTheLineWhereItDoes() {
        CsvData data = CsvFixture.data(csv.set("x,label\n" + "1,a\n2,b\n".repeat(100), GOOD));

        assertThatThrownBy(() -> CsvLoading.load(data, MemoryBudget.ofBytes(1000)))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("train.csv, line 12: does not fit in memory", "0 MiB, a quarter of Java's");
    }

    @Test
    void categoriesThatExceedTheBudgetAreRefused() {
        StringBuilder rows = new StringBuilder("k,label\n");
        for (int i = 0; i < 100; i++) {
            rows.append(i).append(",a\n").append(i).append(",b\n");
        }
        CsvData data =
                CsvFixture.data(csv.set(rows.toString(), "k,label\n1,a\n"), CsvFixture.LABELLED.withCategorical("k"));

        assertThatThrownBy(() -> CsvLoading.load(data, MemoryBudget.ofBytes(50_000)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("train.csv: 200 examples of 100 features do not fit in memory");
    }
}
