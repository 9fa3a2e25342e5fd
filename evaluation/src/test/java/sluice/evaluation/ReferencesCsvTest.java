package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencesCsvTest {
    private static final String HEADER = "reference,seed,task,correct,total,accuracy\n";

    @Test
    void aFileHasAHeaderAndALinePerAccuracy() throws IOException {
        ReferenceAccuracies references = ReferenceAccuracies.empty(7)
                .with(Reference.JOINT, "0-1", 2, 3)
                .with(Reference.UNTRAINED, "2, 3", 1, 2)
                .with(Reference.INDEPENDENT, "0-1", 1, 1);

        assertThat(written(List.of(references)))
                .isEqualTo(HEADER
                        + "joint,7,0-1,2,3,0.6666666666666666\n"
                        + "untrained,7,\"2, 3\",1,2,0.5\n"
                        + "independent,7,0-1,1,1,1\n");
    }

    @Test
    void joinedFilesGiveReferencesPerSeed() throws IOException {
        ReferenceAccuracies one = ReferenceAccuracies.empty(1).with(Reference.JOINT, "a", 1, 2);
        ReferenceAccuracies two = ReferenceAccuracies.empty(2).with(Reference.JOINT, "a", 2, 2);

        assertThat(read(written(List.of(one)) + written(List.of(two)))).containsExactly(one, two);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "joint,1,a,1,2,0.6 | column accuracy: \"0.6\" is not 1/2 = 0.5: correct the accuracy or the counts",
                "joint,1,a,1,2,NaN | column accuracy: must be a decimal number such as 0.25 or 1.5E9, got \"NaN\"",
                "joint,1,a,1,2, | column accuracy: must be a decimal number such as 0.25 or 1.5E9, got \"\"",
                "joint,1,a,3,2,1.5 | column correct: 3 of 2 cannot be correct: correct the counts",
                "joint,1,a,-1,2,0 | column correct: must be a whole number in [0, 2147483647], got \"-1\"",
                "joint,1,a,0,0,0 | column total: must be a whole number in [1, 2147483647], got \"0\"",
                "joint,1,,1,2,0.5 | column task: is empty: write a name",
                "joint,mean,a,1,2,0.5 | column seed: must be a whole number in [-9223372036854775808, 9223372036854775807], got \"mean\"",
                "Joint,1,a,1,2,0.5 | column reference: must be one of untrained, independent, joint, got \"Joint\"",
                "joint,0,a,1,2,0.5 | column task: the joint reference of seed 0 on this task is on line 2 already: remove one, or give one another seed",
            })
    void aBadValueIsRefusedWithItsPlace(String line, String problem) {
        assertThatExceptionOfType(MatrixFormatException.class)
                .isThrownBy(() -> read(HEADER + "joint,0,a,1,2,0.5\n" + line + "\n"))
                .withMessage("references.csv, line 3, " + problem);
    }

    @Test
    void anotherHeaderIsRefused() {
        assertThatExceptionOfType(MatrixFormatException.class)
                .isThrownBy(() -> read("strategy,seed,metric,value\n"))
                .withMessageStartingWith("references.csv, line 1: missing column \"reference\", \"task\"")
                .withMessageEndingWith("write the header " + HEADER.strip());
    }

    @Test
    void referencesOfOneSeedCannotBeWrittenTwice() {
        ReferenceAccuracies references = ReferenceAccuracies.empty(1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> written(List.of(references, references)))
                .withMessage("two sets of references of seed 1: a file can hold only one");
    }

    private static String written(List<ReferenceAccuracies> references) throws IOException {
        StringBuilder out = new StringBuilder();
        ReferencesCsv.write(references, out);
        return out.toString();
    }

    private static List<ReferenceAccuracies> read(String text) throws IOException {
        return ReferencesCsv.read(new StringReader(text), "references.csv");
    }
}
