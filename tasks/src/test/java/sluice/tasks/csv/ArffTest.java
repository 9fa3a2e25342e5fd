package sluice.tasks.csv;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.tasks.ClassSplit;
import sluice.tasks.DataSet;
import sluice.tasks.Loaded;
import sluice.tasks.Normalisation;
import sluice.tasks.TaskSequence;

/** ARFF files are the tables that Weka reads in them. */
class ArffTest {
    private static final String HEADER = """
            @relation t

            @attribute a numeric
            @attribute b numeric
            @attribute label {p,q}

            @data
            """;
    private static final String ROWS = "0.1,1.0,p\n0.9,0.2,q\n0.2,1.1,p\n1.0,0.1,q\n";

    @TempDir
    private Path folder;

    private CsvData table(String text) {
        return table(text, Missing.REFUSED);
    }

    private CsvData table(String text, Missing missing) {
        CsvFixture files = new CsvFixture(folder);
        return new CsvData(files.set(text, text), CsvFixture.LABELLED, Standardise.NONE, missing);
    }

    private float[] values(String text) {
        return CsvFixture.values(CsvFixture.whole(table(text)).train());
    }

    /** Names of the classes, in order of their numbers. */
    private static ImmutableList<String> classNames(CsvData data) {
        Loaded.Prepared prepared = prepared(data);
        TableEncoding encoding = (TableEncoding) prepared.encodings().get(0);
        return ImmutableList.copyOf(encoding.classes());
    }

    private static Loaded.Prepared prepared(CsvData data) {
        Loaded.OneSet loaded = (Loaded.OneSet) CsvLoading.load(data);
        int classes = loaded.dataSet().train().distinctLabels().length;
        ClassSplit split = ClassSplit.consecutive(loaded.dataSet(), classes);
        return loaded.prepared(TaskSequence.split(loaded.dataSet(), Normalisation.NONE, split));
    }

    /** A file of numbers in one column. */
    private static String numbers(String rows) {
        return "@relation t\n@attribute x numeric\n@attribute label {p,q}\n@data\n" + rows;
    }

    private String complaint(String text) {
        return new CsvFixture(folder).complaint(table(text));
    }

    @Test
    void denseAndSparseRowsAreTheSameRowsWrittenAsCsv() {
        DataSet csv = CsvFixture.whole(table("a,b,label\n0.1,1.0,p\n0,0.2,q\n0,0,p\n1.0,0.1,q\n"));

        DataSet dense = CsvFixture.whole(table(HEADER + "0.1,1.0,p\n0,0.2,q\n0,0,p\n1.0,0.1,q\n"));
        DataSet sparse = CsvFixture.whole(table(HEADER + "{0 0.1, 1 1.0}\n{1 0.2, 2 q}\n{}\n{0 1.0,1 0.1,2 q}\n"));

        for (DataSet arff : ImmutableList.of(dense, sparse)) {
            assertThat(CsvFixture.values(arff.train())).isEqualTo(CsvFixture.values(csv.train()));
            assertThat(arff.train().labels()).isEqualTo(csv.train().labels());
        }
    }

    @Test
    void whatIsToldFromItsBeginningNeedsNoNameAndNoLowerCase() {
        float[] expected = values(HEADER + ROWS);

        assertThat(values("% a note first\n\n@RELATION 'my table'\n@Attribute a REAL\n@attribute b Integer\n"
                        + "@attribute label {p, q} % two\n@DATA\n" + ROWS))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1,1.0,p % note\n0.9,0.2,q\n% none\n0.2,1.1,p\n\n1.0,0.1,q\n",
                "0.1 1.0 p\n0.9\t0.2\tq\n0.2 ,  1.1 , p\n1.0,0.1 q\n",
                "'0.1',\"1.0\",'p'\n0.9,0.2,q\n0.2,1.1,p\n1.0,0.1,q\n",
                "1d-1,1.0,p\n0.9,0.2,q\n0.2,1.1,p\n1.0,0.1,q\n",
                "0.1d,1.0f,p\n0.9,0.2,q\n0.2,1.1,p\n1.0D,0.1,q\n",
                "0.1,1.0,p,{1}\n0.9,0.2,q\n0.2,1.1,p,{1.0}\n1.0,0.1,q\n"
            })
    void commentsBlanksQuotesSuffixesAndWeightsOfOneAreReadPast(String rows) {
        assertThat(values(HEADER + rows.replace("1d-1", "1e-1"))).isEqualTo(values(HEADER + ROWS));
    }

    @Test
    void namesKeepTheBlanksWithinQuotesOnly() {
        String text = """
                @relation t
                @attribute 'a b ' numeric
                @attribute   label   { 'it\\'s', q }
                @data
                1,'it\\'s'
                2,q
                """;

        Loaded.Prepared prepared = prepared(table(text));

        TableEncoding encoding = (TableEncoding) prepared.encodings().get(0);
        assertThat(encoding.classes()).containsExactly("it's", "q");
        assertThat(encoding.columns()).extracting(TableEncoding.Column::name).containsExactly("a b ");
    }

    @Test
    void declaredClassesKeepTheirOrderAndThoseThatNoRowHasAreLeftOut() {
        CsvData data =
                table("@relation t\n@attribute a numeric\n@attribute label {z,unused,b,m}\n@data\n1,m\n2,b\n3,z\n");

        assertThat(classNames(data)).containsExactly("z", "b", "m");
        assertThat(CsvFixture.whole(data).train().labels()).containsExactly(2, 1, 0);
    }

    @Test
    void declaredCategoriesAreFeaturesWhetherARowHasThemOrNot() {
        assertThat(values(
                        "@relation t\n@attribute c {red,green,blue}\n@attribute label {p,q}\n@data\nred,p\ngreen,q\n"))
                .as("blue, green, red")
                .containsExactly(0, 0, 1, 0, 1, 0);
    }

    @Test
    void sparseRowThatLeavesOutANominalValueHasTheFirstDeclared() {
        assertThat(values("@relation t\n@attribute c {red,green}\n@attribute label {p,q}\n@data\n{}\n{0 green,1 q}\n"))
                .containsExactly(0, 1, 1, 0);
    }

    @Test
    void missingValuesAreFilledInDenseAndSparseRows() {
        Missing mean = new Missing(ImmutableSet.of(), new Missing.Fill.Mean());
        String rows = "?,p\nNaN,p\n{0 ?,1 q}\n{0 4,1 q}\n2,p\n";

        assertThat(CsvFixture.values(
                        CsvFixture.whole(table(numbers(rows), mean)).train()))
                .containsExactly(3, 3, 3, 4, 2);
        assertThat(complaint(numbers(rows))).contains("line 5, column 'x'").contains("missing: {fill: mean}");
    }

    @ParameterizedTest
    @CsvSource({"2.7, 2.7", "1d, 1", "3f, 3", "-.5e1, -5", "1e-7, 1e-7"})
    void integersAreNotRoundedAndNumbersAreThoseOfJava(String written, float meant) {
        assertThat(values("@relation t\n@attribute x integer\n@attribute label {p,q}\n@data\n" + written + ",p\n1,q\n"))
                .containsExactly(meant, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x10", "Infinity", "one", "1,5"})
    void whatIsNoFiniteNumberIsRefusedWithItsPlace(String written) {
        assertThat(complaint(numbers("1,p\n" + written + ",q\n"))).contains("train.csv, line 6");
    }

    @Test
    void datesAreMilliseconds() {
        String text = """
                @relation t
                @attribute d date
                @attribute e date "yyyy-MM-dd"
                @attribute label {p,q}
                @data
                1970-01-01T00:00:01,1970-01-02,p
                1970-01-01T00:00:02,1970-01-01,q
                """;
        assertThat(values(text)).containsExactly(1000, 86_400_000, 2000, 0);
        assertThat(complaint(text.replace("1970-01-01T00:00:01", "1970-01-01")))
                .startsWith("train.csv, line 6, column 'd': '1970-01-01' is no date of the form yyyy-MM-dd'T'HH:mm:ss: "
                        + "mend it, or declare its form; test.csv, line 6, ");
    }

    @Test
    void labelThatIsNotDeclaredIsRefusedWithItsLine() {
        assertThat(complaint(HEADER + "1,2,p\n1,2,1.0\n"))
                .startsWith("train.csv, line 9, column 'label': '1.0' is none of the values that the header declares "
                        + "(p, q): mend it, or declare it; test.csv, line 9, ");
    }

    @Test
    void weightsAreSaidToBeUnused() {
        assertThat(prepared(table(HEADER + "0.1,1.0,p,{0.5}\n0.9,0.2,q\n")).notes())
                .contains("train.csv: weights of rows are not used: every row counts as one");
        assertThat(prepared(table(HEADER + ROWS)).notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    @relation t~@attribute a {x,y,x}~@data | line 2, column 'a': the value 'x' is declared twice
                    @relation t~@attribute a {x,y~@data | line 2, column 'a': declares no values
                    @relation t~@attribute a {}~@data | line 2, column 'a': declares no values
                    @relation t~@attribute a relational~@data | line 2, column 'a': the type 'relational' is not known
                    @relation t~@attribute a~@data | line 2: an attribute needs a name and a type
                    @relation t~@attribute a date "bbb"~@data | line 2, column 'a': 'bbb' is no form of dates
                    @relation t~@attribut a real~@data | line 2: '@attribut' is not known in a header
                    @relation t~@data | line 2: there is no attribute before @data
                    @relation t~@attribute a real | line 3: the file ends before @data
                    @relation t~@attribute a real~@attribute label {p,q}~@data~{1 q,0 1} | line 5: index 0
                    @relation t~@attribute a real~@attribute label {p,q}~@data~{0 1,0 2} | line 5: index 0
                    @relation t~@attribute a real~@attribute label {p,q}~@data~{2 1} | line 5: index 2
                    @relation t~@attribute a real~@attribute label {p,q}~@data~{x 1} | line 5: a sparse row has pairs
                    @relation t~@attribute a real~@attribute label {p,q}~@data~{0} | line 5: a sparse row has pairs
                    @relation t~@attribute a real~@attribute label {p,q}~@data~{0 1 | line 5: a sparse row is not closed
                    @relation t~@attribute a real~@attribute label {p,q}~@data~1,,p | line 5: nothing stands between
                    @relation t~@attribute a real~@attribute label {p,q}~@data~1,p,{x} | line 5: after its values
                    @relation t~@attribute a real~@attribute label {p,q}~@data~1,'p | line 5: a quote is not closed
                    @relation t~@attribute a string~@attribute label {p,q}~@data~{1 q} | line 5, column 'a': a sparse row
                    @relation t~@attribute a real~@attribute label {p,q}~@data~1,2,p | line 5
                    @relation t~@attribute a real~@attribute label {p,q}~@data~p | line 5
                    @relation t~@attribute a real~@attribute a real~@attribute label {p,q}~@data~1,2,p | 'a'
                    """)
    void mistakeIsOneLineWithItsPlace(String text, String expected) {
        assertThat(complaint(text.replace('~', '\n') + "\n"))
                .startsWith("train.csv")
                .contains(expected);
    }

    @Test
    void rowsToBePredictedMayBeArff() {
        Path file = new CsvFixture(folder)
                .file("x.arff", "@relation t\n@attribute 1 real\n@attribute b real\n@data\n1,2\n{1 4}\n");

        assertThat(CsvFixture.values(NumericTable.read(file, 2))).containsExactly(1, 2, 0, 4);
    }
}
