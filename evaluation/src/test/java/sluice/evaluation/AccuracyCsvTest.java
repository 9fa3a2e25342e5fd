package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccuracyCsvTest {
    private static final String HEADER = "strategy,seed,after_task,task,correct,total,accuracy\n";

    @Test
    void aFileHasAHeaderAndALinePerCellInOrderOfRowThenTask() throws IOException {
        AccuracyMatrix matrix = AccuracyMatrix.empty("naive", -3, List.of("0-1", "2, 3"))
                .with(1, 1, 2, 3)
                .with(0, 2, 1, 4)
                .with(0, 1, 1, 2);

        assertThat(written(matrix))
                .isEqualTo(HEADER
                        + "naive,-3,0,0-1,1,2,0.5\n"
                        + "naive,-3,0,\"2, 3\",1,4,0.25\n"
                        + "naive,-3,1,0-1,2,3,0.6666666666666666\n");
    }

    @Test
    void cellsThatWouldNotNameTheTasksInOrderAreIntroducedByEmptyOnes() throws IOException {
        AccuracyMatrix matrix =
                AccuracyMatrix.empty("naive", 1, List.of("a", "b", "c")).with(0, 2, 1, 2);

        String text = written(matrix);

        assertThat(text).isEqualTo(HEADER + "naive,1,0,a,,,\nnaive,1,0,b,1,2,0.5\nnaive,1,0,c,,,\n");
        assertThat(read(text)).containsExactly(matrix);
    }

    @Domain(RandomMatrices.class)
    @Property
    void everyMatrixReadsBackAsItWasAndIsWrittenAgainToTheSameBytes(@ForAll AccuracyMatrix matrix) throws IOException {
        String text = written(matrix);

        List<AccuracyMatrix> back = read(text);

        assertThat(back).containsExactly(matrix);
        assertThat(written(back.get(0))).isEqualTo(text);
    }

    @Domain(RandomMatrices.class)
    @Property(tries = 200)
    void joinedFilesReadLikeOneFileOfAllTheirMatrices(@ForAll AccuracyMatrix a, @ForAll AccuracyMatrix b)
            throws IOException {
        List<AccuracyMatrix> both = a.seed() == b.seed() ? List.of(a) : List.of(a, b);
        StringBuilder joined = new StringBuilder();
        for (AccuracyMatrix matrix : both) {
            joined.append(written(matrix));
        }

        assertThat(read(joined.toString())).isEqualTo(both);
    }

    @Test
    void interleavedRunsAreToldApartByStrategyAndSeed() throws IOException {
        String text = HEADER + "b,1,0,x,1,2,0.5\na,1,0,y,1,2,0.5\nb,2,0,z,1,2,0.5\nb,1,1,x,2,2,1\n";

        assertThat(read(text))
                .containsExactly(
                        AccuracyMatrix.empty("b", 1, List.of("x"))
                                .with(0, 1, 1, 2)
                                .with(1, 1, 2, 2),
                        AccuracyMatrix.empty("a", 1, List.of("y")).with(0, 1, 1, 2),
                        AccuracyMatrix.empty("b", 2, List.of("z")).with(0, 1, 1, 2));
    }

    @Test
    void spreadsheetHabitsAreAccepted() throws IOException {
        String text = "\uFEFF" + HEADER.replace("\n", "\r\n") + "\r\n\"naive\",1,0,a,1,2,0.5000000001\r\n";

        assertThat(read(text))
                .containsExactly(AccuracyMatrix.empty("naive", 1, List.of("a")).with(0, 1, 1, 2));
    }

    @Test
    void aFileOfNothingButItsHeaderHoldsNoMatrix() throws IOException {
        assertThat(read(HEADER)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "naive,1,0,a,1,2,0.6 | column accuracy: \"0.6\" is not 1/2 = 0.5: correct the accuracy or the counts",
                "naive,1,0,a,1,2,0.500000002 | column accuracy: \"0.500000002\" is not 1/2 = 0.5: correct the accuracy or the counts",
                "naive,1,0,a,1,2,half | column accuracy: must be a decimal number such as 0.25 or 1.5E9, got \"half\"",
                "naive,1,0,a,1,2,NaN | column accuracy: must be a decimal number such as 0.25 or 1.5E9, got \"NaN\"",
                "naive,1,0,a,1,2,1E999 | column accuracy: must be a decimal number such as 0.25 or 1.5E9, got \"1E999\"",
                "naive,1,0,a,3,2,1.5 | column correct: 3 of 2 cannot be correct: correct the counts",
                "naive,1,0,a,-1,2,0 | column correct: must be a whole number in [0, 2147483647], got \"-1\"",
                "naive,1,0,a,,2,0.5 | column correct: must be a whole number in [0, 2147483647], got \"\"",
                "naive,1,0,a,0,0,0 | column total: must be a whole number in [1, 2147483647], got \"0\"",
                "naive,1,0,a,1,3000000000,0 | column total: must be a whole number in [1, 2147483647], got \"3000000000\"",
                "naive,1,0,a,1,two,0.5 | column total: must be a whole number in [1, 2147483647], got \"two\"",
                "naive,1,-1,a,1,2,0.5 | column after_task: must be a whole number in [0, 2147483647], got \"-1\"",
                "naive,1,2,a,1,2,0.5 | column after_task: 2 tasks are learned, but the file names only 1: add the lines of the other tasks",
                "naive,x,0,a,1,2,0.5 | column seed: must be a whole number in [-9223372036854775808, 9223372036854775807], got \"x\"",
                ",1,0,a,1,2,0.5 | column strategy: is empty: write a name",
                "naive,1,0,,1,2,0.5 | column task: is empty: write a name",
            })
    void aBadValueIsRefusedWithItsPlace(String line, String problem) {
        assertRefused(HEADER + "other,1,0,\"a\nb\",1,2,0.5\n" + line + "\n", "r.csv, line 4, " + problem);
    }

    @Test
    void aCellThatIsThereTwiceIsRefused() {
        assertRefused(
                HEADER + "naive,1,0,a,1,2,0.5\nnaive,1,0,a,1,2,0.5\n",
                "r.csv, line 3, column task: this cell of strategy \"naive\", seed 1 is on line 2 already: "
                        + "remove one, or give one run another seed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "strategy,seed,after_task,task,correct,accuracy | missing column \"total\";",
                "strategy,seed,after_task,task,correct,total,accuracy,loss | unknown column \"loss\";",
                "strategy,seed,after_task,task,right,of,accuracy | missing column \"correct\", \"total\"; unknown column \"right\", \"of\";",
                "seed,strategy,after_task,task,correct,total,accuracy | columns in another order or twice;",
            })
    void anotherHeaderIsRefused(String header, String problem) {
        assertRefused(
                header + "\nnaive,1,0,a,1,2,0.5\n",
                "r.csv, line 1: " + problem + " write the header " + HEADER.strip());
    }

    @Test
    void anEmptyFileIsRefused() {
        assertRefused("", "r.csv, line 1: the file is empty: write the header " + HEADER.strip());
    }

    @Test
    void aLineWithTooFewValuesIsRefused() {
        assertRefused(
                HEADER + "naive,1,0\n",
                "r.csv, line 2 has 3 values, but there are 7 columns: write a value for each of " + HEADER.strip());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {"naive,1,0,\"a,1,2,0.5", "naive,1,0,\"a\"b,1,2,0.5"})
    void aQuoteThatIsNotClosedIsRefused(String line) {
        assertRefused(
                HEADER + line + "\n",
                "r.csv, line 2: a quoted value is not closed, or text follows its closing quote: put values with quotes "
                        + "in quotes and double the quotes inside");
    }

    @Test
    void controlSequencesInAFileDoNotReachTheMessage() {
        assertRefused(
                HEADER + "naive,\u001b[2J,0,a,1,2,0.5\n",
                "r.csv, line 2, column seed: must be a whole number in [-9223372036854775808, 9223372036854775807], got "
                        + "\"\uFFFD[2J\"");
    }

    @Test
    void aReaderThatFailsIsNotMistakenForABadFile() {
        Reader failing = new Reader() {
            @Override
            public int read(char[] buffer, int offset, int length) throws IOException {
                throw new IOException("disk on fire");
            }

            @Override
            public void close() {}
        };

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> AccuracyCsv.read(failing, "r.csv"))
                .withMessage("disk on fire");
    }

    @Test
    void twoMatricesOfOneRunCannotBeWritten() {
        AccuracyMatrix matrix = AccuracyMatrix.empty("naive", 1, List.of("a"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccuracyCsv.write(List.of(matrix, matrix), new StringBuilder()))
                .withMessage("two matrices of strategy \"naive\", seed 1: a file can hold only one");
    }

    private static String written(AccuracyMatrix matrix) throws IOException {
        StringBuilder out = new StringBuilder();
        AccuracyCsv.write(List.of(matrix), out);
        return out.toString();
    }

    private static List<AccuracyMatrix> read(String text) throws IOException {
        return AccuracyCsv.read(new StringReader(text), "r.csv");
    }

    private static void assertRefused(String text, String message) {
        assertThatExceptionOfType(MatrixFormatException.class)
                .isThrownBy(() -> read(text))
                .withMessage(message);
    }
}
