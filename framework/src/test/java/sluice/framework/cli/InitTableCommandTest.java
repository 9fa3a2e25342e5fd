package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.mistake;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.framework.cli.Console.Result;

/** A table of one's own is learned from and asked about at the first try. */
class InitTableCommandTest {
    private static final int ROWS = 240;

    @TempDir
    private Path folder;

    private interface Row {
        String of(int i, double x, double y, int kind);
    }

    private static String number(double value, String form) {
        return String.format(Locale.ROOT, form, value);
    }

    /** Three kinds that are far apart. */
    private static String table(String header, Row row) {
        SplittableRandom random = new SplittableRandom(5);
        StringBuilder text = new StringBuilder(header.isEmpty() ? "" : header + "\n");
        for (int i = 0; i < ROWS; i++) {
            int kind = i % 3;
            text.append(row.of(i, 3 * kind + random.nextGaussian() * 0.3, -kind + random.nextGaussian() * 0.1, kind))
                    .append('\n');
        }
        return text.toString();
    }

    static Stream<Arguments> tables() {
        String[] kinds = {"ash", "birch", "cedar"};
        return Stream.of(
                Arguments.of(
                        "plain",
                        "UTF-8",
                        table(
                                "x,y,kind",
                                (i, x, y, k) -> number(x, "%.3f") + "," + number(y, "%.3f") + "," + kinds[k])),
                Arguments.of(
                        "german",
                        "windows-1252",
                        table(
                                "höhe;breite;art",
                                (i, x, y, k) -> number(1000 + x, "%.3f").replace('.', ',')
                                        + ";"
                                        + number(y, "%.3f").replace('.', ',')
                                        + ";"
                                        + new String[] {"Bär", "Fön", "Tür"}[k])),
                Arguments.of(
                        "no-header",
                        "UTF-8",
                        table("", (i, x, y, k) -> number(x, "%.3f") + "," + number(y, "%.3f") + "," + k)),
                Arguments.of(
                        "pandas",
                        "UTF-8",
                        table(
                                ",x,y,kind",
                                (i, x, y, k) ->
                                        i + "," + number(x, "%.3f") + "," + number(y, "%.3f") + "," + kinds[k])),
                Arguments.of(
                        "counts-first",
                        "UTF-8",
                        table("240,2", (i, x, y, k) -> number(x, "%.3f") + "," + number(y, "%.3f") + "," + k)),
                Arguments.of(
                        "messy",
                        "UTF-8",
                        table(
                                "customerID,x,y,when,colour,nothing,on,kind",
                                (i, x, y, k) -> "c-%d,%s,%s,2024-05-%02d,%s,,yes,%s"
                                        .formatted(
                                                i,
                                                number(x, "%.3f"),
                                                i % 17 == 0 ? "?" : number(y, "%.3f"),
                                                1 + i % 28,
                                                i % 2 == 0 ? "\"dark: red\"" : "'blue",
                                                kinds[k]))));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void initRunAndPredictWorkAtTheFirstTry(String name, String charset, String text) throws IOException {
        Path table = Files.write(folder.resolve(name + ".csv"), text.getBytes(Charset.forName(charset)));
        Path script = folder.resolve(name + ".yaml");

        Result written = Console.sluice("init", script, "--csv", table);
        assertThat(written.code()).as(written.err()).isZero();
        assertThat(written.out()).contains("240 rows", "3 classes");
        Result run = Console.sluice(
                "run",
                script,
                "--out",
                folder.resolve("run"),
                "--set",
                "training.iterations=400",
                "--set",
                "network.hidden=[20]");
        assertThat(run.code()).as(run.err()).isZero();
        String task = Splitter.on(',')
                .splitToList(Files.readAllLines(folder.resolve("run/accuracy-matrix.csv"))
                        .get(1))
                .get(3);
        Result predicted = Console.sluice(
                "predict",
                "--model",
                folder.resolve("run"),
                "--task",
                task,
                "--input",
                table,
                "--out",
                folder.resolve("p.csv"));

        assertThat(predicted.code()).as(predicted.err()).isZero();
        assertThat(predicted.out()).contains("predicted 240 examples");
        assertThat(Files.readAllLines(folder.resolve("run/accuracy-matrix.csv")))
                .last()
                .asString()
                .satisfies(cell -> assertThat(Double.parseDouble(cell.substring(cell.lastIndexOf(',') + 1)))
                        .isGreaterThan(0.9));
    }

    @Test
    void twoClassesBecomeTasksByTheValuesOfAColumn() throws IOException {
        Path table = Files.writeString(
                folder.resolve("churn.csv"),
                table(
                        "x,site,churned",
                        (i, x, y, k) -> number(x, "%.3f") + ",site " + i % 2 + "," + (x > 3 ? "yes" : "no")));

        Result written = Console.sluice("init", folder.resolve("churn.yaml"), "--csv", table, "--label", "churned");

        assertThat(written.out()).contains("tasks     one for each of the 2 values of site");
        assertThat(folder.resolve("churn.yaml"))
                .content()
                .contains(
                        "task_column: site", "value: site 0 (120), site 1 (120)", "label: churned", "file: churn.csv");
        Result run = Console.sluice(
                "run", folder.resolve("churn.yaml"), "--out", folder.resolve("run"), "--set", "training.iterations=50");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(folder.resolve("run/accuracy-matrix.csv")).content().contains("site 0", "site 1");
    }

    @Test
    void twoClassesBecomeTasksInTheOrderOfTimeWhereThereAreDates() throws IOException {
        Path table = Files.writeString(
                folder.resolve("sales.csv"),
                table(
                        "x,sold,churned",
                        (i, x, y, k) -> number(x, "%.3f")
                                + ",%02d.%02d.%d,".formatted(1 + i % 28, 1 + i % 12, 2015 + i % 7)
                                + (i % 2 == 0 ? "yes" : "no")));

        Result written = Console.sluice("init", folder.resolve("sales.yaml"), "--csv", table, "--label", "churned");

        assertThat(written.out()).contains("tasks     5 in the order of time, by sold");
        assertThat(folder.resolve("sales.yaml"))
                .content()
                .contains("task_column: {column: sold, parts: 5}", "{column: sold, format: dd.MM.yyyy, as: [");
        Result run = Console.sluice(
                "run", folder.resolve("sales.yaml"), "--out", folder.resolve("run"), "--set", "training.iterations=5");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(folder.resolve("run/accuracy-matrix.csv")).content().contains("before ", " to ", "from ");
    }

    /** Prices of two sites, whose rows have dates; of one date or site alone where the column is left out. */
    private Path prices(String header, Row row) throws IOException {
        return Files.writeString(folder.resolve("prices.csv"), table(header, row));
    }

    private String initialised(Path table) throws IOException {
        Path script = folder.resolve("prices.yaml");
        Result written = Console.sluice("init", script, "--csv", table, "--target", "price");
        assertThat(written.code()).as(written.err()).isZero();
        assertThat(written.out()).contains("240 rows", "target    price, a number");
        Result valid = Console.sluice("validate", script);
        assertThat(valid.code()).as(valid.err()).isZero();
        Result run = Console.sluice("run", script, "--out", folder.resolve("run"), "--set", "training.iterations=20");
        assertThat(run.code()).as(run.err()).isZero();
        return written.out() + Files.readString(script);
    }

    @Test
    void aNumberIsPredictedOfTasksThatAreValuesOfAColumn() throws IOException {
        String script = initialised(prices(
                "id,x,site,price",
                (i, x, y, k) -> i + "," + number(x, "%.3f") + ",site " + i % 2 + "," + number(100 * x + y, "%.2f")));

        assertThat(script)
                .contains(
                        "tasks     one for each of the 2 values of site",
                        "task_column: site",
                        "target: price",
                        "- id    # tells rows apart",
                        "Of each tenth of the numbers",
                        "label: in its place tells classes apart",
                        "all tasks share an output")
                .doesNotContain("split", "classes make");
    }

    @Test
    void aNumberIsPredictedOfTasksInTheOrderOfTime() throws IOException {
        String script = initialised(prices(
                "x;sold;price",
                (i, x, y, k) -> number(x, "%.3f").replace('.', ',')
                        + ";%02d.%02d.%d;".formatted(1 + i % 28, 1 + i % 12, 2015 + i % 7)
                        + number(1000 * x, "%.2f").replace('.', ',')));

        assertThat(script)
                .contains(
                        "tasks     5 in the order of time, by sold",
                        "task_column: {column: sold, parts: 5}",
                        "decimal");
    }

    @Test
    void aTableWithNeitherIsOneTaskWhoseTargetMayLookLikeAnId() throws IOException {
        String script = initialised(
                prices("x,site,price", (i, x, y, k) -> number(x, "%.3f") + ",site " + i / 235 + "," + (i + 1)));

        assertThat(script)
                .contains(
                        "tasks     one, as no column has a few values with rows enough",
                        "target: price",
                        "There is one task. With a column whose values are tasks");
    }

    @Test
    void numbersThatAreNamedAsClassesArePointedToTheTarget() throws IOException {
        Path few = prices("x,price", (i, x, y, k) -> number(x, "%.3f") + "," + i % 30);

        Result written = Console.sluice("init", folder.resolve("a.yaml"), "--csv", few, "--label", "price");

        assertThat(written.code()).as(written.err()).isZero();
        assertThat(written.err().lines())
                .containsExactly(
                        "sluice: warning: the classes of price are numbers: --target price would predict the number");
        assertThat(folder.resolve("a.yaml")).content().contains("target: in place of label predicts the number");
        Path many = prices("x,price", (i, x, y, k) -> number(x, "%.3f") + "," + number(y, "%.4f"));
        assertThat(Console.sluice("init", folder.resolve("b.yaml"), "--csv", many, "--label", "price"))
                .satisfies(mistake("or predict the number with --target price"));
        assertThat(Console.sluice("init", folder.resolve("b.yaml"), "--csv", many))
                .satisfies(mistake("; or predict the number of the last with --target price"));
        Path kinds = prices("x,price", (i, x, y, k) -> number(x, "%.3f") + "," + k);
        assertThat(Console.sluice("init", folder.resolve("c.yaml"), "--csv", kinds)
                        .err())
                .isEmpty();
    }

    @Test
    void whatIsOddInATableIsToldAndLeftToBeMended() throws IOException {
        Path table = Files.writeString(
                folder.resolve("t.csv"),
                table(
                        "x,d,kind",
                        (i, x, y, k) -> (i == 20 ? "inf" : number(x, "%.3f"))
                                + (i == 30 ? ",2021-02-30," : ",2021-%02d-%02d,".formatted(1 + i % 12, 1 + i % 28))
                                + (k == 2 ? "NA" : "kind " + k)));
        Path script = folder.resolve("t.yaml");

        Result written = Console.sluice("init", script, "--csv", table);

        assertThat(written.code()).isZero();
        assertThat(written.err().lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("sluice: warning: t.csv: column '"))
                .anyMatch(line -> line.contains("'x': line 22: 'inf' is no number"))
                .anyMatch(line -> line.contains("'d': line 32: '2021-02-30' is no date of the form yyyy-MM-dd"))
                .anyMatch(line -> line.contains("'kind': 'NA', which is a class of 80 rows"));
        assertThat(script)
                .content()
                .contains("# Warning: t.csv: column 'd': line 32: ", "{column: d, format: yyyy-MM-dd");
        Result refused = Console.sluice("validate", script);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("t.csv, line 22, column 'x'", "t.csv, line 32, column 'd'");
    }

    @Test
    void aScriptThatCouldNotRunIsNotWritten() throws IOException {
        Path table = Files.writeString(folder.resolve("t.csv"), table("k,y", (i, x, y, k) -> "1," + i % 2));

        assertThat(Console.sluice("init", folder.resolve("t.yaml"), "--csv", table, "--label", "y"))
                .satisfies(
                        mistake("there is nothing to learn y from, as no other column is a feature: k (every cell is"));
        assertThat(folder.resolve("t.yaml")).doesNotExist();
    }

    @Test
    void datesWithoutAValueAreFilled() throws IOException {
        Path table = Files.writeString(
                folder.resolve("t.csv"),
                table(
                        "x,d,kind",
                        (i, x, y, k) -> number(x, "%.3f")
                                + (i % 40 == 7 ? ",NA," : ",2021-%02d-%02d,".formatted(1 + i % 12, 1 + i % 28))
                                + k));

        assertThat(Console.sluice("init", folder.resolve("t.yaml"), "--csv", table)
                        .code())
                .isZero();
        assertThat(folder.resolve("t.yaml")).content().contains("# Without a value: 6 of d.", "text: [NA], fill: mean");
        assertThat(Console.sluice("validate", folder.resolve("t.yaml")).code()).isZero();
    }

    @Test
    void whatIsNoTargetIsRefused() throws IOException {
        Path table = Files.writeString(
                folder.resolve("t.csv"), "x,kind,none,same,gaps\n1,a,,7,1\n2,b,,7,\n3,a,,7,3\n4,b,,7,NA\n");
        Path script = folder.resolve("t.yaml");

        assertThat(Console.sluice("init", script, "--csv", table, "--target", "kind"))
                .satisfies(mistake("t.csv, column 'kind': has cells that are no numbers, such as 'a': name a column of"
                        + " numbers, or --label kind, which learns classes"));
        assertThat(Console.sluice("init", script, "--csv", table, "--target", "none"))
                .satisfies(mistake("column 'none': no cell has a value, so that there is nothing to predict"));
        assertThat(Console.sluice("init", script, "--csv", table, "--target", "same"))
                .satisfies(mistake("column 'same': every cell is the same, so that there is nothing to predict"));
        assertThat(Console.sluice("init", script, "--csv", table, "--target", "gaps"))
                .satisfies(mistake("column 'gaps': 2 rows have no number, and a target is never filled"));
        assertThat(Console.sluice("init", script, "--csv", table, "--target", "kinds"))
                .satisfies(mistake("--target: "));
        assertThat(Console.sluice("init", script, "--csv", table, "--target", "x", "--label", "kind"))
                .satisfies(mistake("--label learns classes and --target a number: leave out --label to predict x"));
        assertThat(Console.sluice("init", script, "--target", "x"))
                .satisfies(mistake("--target names a column of a table: add --csv TABLE"));
        assertThat(script).doesNotExist();
    }

    @Test
    void whatCannotBeWrittenIsRefused() throws IOException {
        Path table = Files.writeString(folder.resolve("t.csv"), "x,y\n1,2\n");
        assertThat(Console.sluice("init", folder.resolve("t.yaml"), "--csv", table))
                .satisfies(mistake("no column looks like a class"));
        assertThat(folder.resolve("t.yaml")).doesNotExist();
        assertThat(Console.sluice("init", folder.resolve("t.yaml"), "--csv", folder.resolve("no.csv")))
                .satisfies(mistake("no.csv does not exist: check the path"));
        assertThat(Console.sluice("init", folder.resolve("t.yaml"), "--label", "y"))
                .satisfies(mistake("--label names a column of a table: add --csv TABLE"));
        assertThat(Console.sluice("init", folder.resolve("t.yaml"), "--csv", table, "--from", "split-digits"))
                .satisfies(mistake("--csv and --from are two scripts: leave one out"));
    }
}
