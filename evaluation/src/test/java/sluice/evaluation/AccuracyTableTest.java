package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

class AccuracyTableTest {
    private final AccuracyMatrix running = AccuracyMatrix.empty("naive", 1, List.of("0-1", "2-3", "4-5"))
            .with(0, 1, 1, 2)
            .with(0, 2, 1, 4)
            .with(1, 1, 9991, 10000)
            .with(1, 2, 1, 60000);

    @Test
    void aTableHasARowPerMomentAndAColumnPerTask() {
        assertThat(AccuracyTable.of(running).text()).isEqualTo("""
                        +--------------+--------+---------+-----+
                        | accuracy     |    0-1 |     2-3 | 4-5 |
                        +--------------+--------+---------+-----+
                        | untrained    | 0.5000 |  0.2500 |   - |
                        | after 1: 0-1 | 0.9991 | 1.7e-05 |   - |
                        +--------------+--------+---------+-----+""");
    }

    @Test
    void aRowIsOnePlainLine() {
        AccuracyTable table = AccuracyTable.of(running);

        assertThat(table.row(0)).isEqualTo("untrained:  0-1 0.5000  2-3 0.2500  4-5 -");
        assertThat(table.row(1)).isEqualTo("after 1 (0-1):  0-1 0.9991  2-3 1.7e-05  4-5 -");
        assertThat(table.row(3)).isEqualTo("after 3 (4-5): not tested");
        assertThatIllegalArgumentException().isThrownBy(() -> table.row(4));
    }

    @Test
    void longNamesAreAbbreviatedNumberedAndListedBelow() {
        AccuracyMatrix matrix = AccuracyMatrix.empty("naive", 1, List.of("permutation-one", "permutation-two", "short"))
                .with(1, 1, 1, 2);

        assertThat(AccuracyTable.of(matrix).text())
                .contains("| 1:permutation\u2026 | 2:permutation\u2026 |")
                .contains("| after 1: permutation\u2026 |")
                .endsWith("\ntask 1: permutation-one\ntask 2: permutation-two");
    }

    @Test
    void fiftyTasksGoIntoSeveralTablesThatFitTheWidth() {
        AccuracyMatrix matrix = AccuracyMatrix.empty(
                "naive",
                1,
                IntStream.rangeClosed(1, 50).mapToObj(j -> "task-" + j).toList());
        for (int j = 1; j <= 50; j++) {
            matrix = matrix.with(50, j, j, 50);
        }

        String text = AccuracyTable.of(matrix).text();

        assertThat(text.lines()).allMatch(line -> line.length() <= 100);
        assertThat(text.lines().filter(line -> line.startsWith("| untrained"))).hasSizeBetween(2, 8);
        assertThat(text.lines()
                        .filter(line -> line.startsWith("| after 50"))
                        .flatMap(line -> List.of(line.split("\\|")).stream().skip(2))
                        .map(cell -> Double.parseDouble(cell.strip())))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 50).mapToObj(j -> j / 50.0).toList());
    }

    @Test
    void controlCharactersAreReplaced() {
        AccuracyMatrix matrix = AccuracyMatrix.empty(
                        "naive", 1, List.of("a\nb", "\u001b[31m", "\u202ex", "\ud83d\ude80"))
                .with(0, 1, 1, 2);

        assertThat(AccuracyTable.of(matrix).text()).contains("|    a\uFFFDb | \uFFFD[31m | \uFFFDx | \ud83d\ude80 |");
        assertThat(AccuracyTable.of(matrix).row(1)).startsWith("after 1 (a\uFFFDb):");
    }

    @Test
    void abbreviationDoesNotCutACharacterInTwo() {
        assertThat(Printable.abbreviated("abc\ud83d\ude80def", 5)).isEqualTo("abc\u2026");
        assertThat(Printable.abbreviated("abc\ud83d\ude80def", 6)).isEqualTo("abc\ud83d\ude80\u2026");
        assertThat(Printable.of("lone \ud83d")).isEqualTo("lone \uFFFD");
    }

    @Domain(RandomMatrices.class)
    @Property(tries = 300)
    void everyMatrixFitsTheNarrowestTableWithBordersInLine(@ForAll AccuracyMatrix matrix) {
        String text = new AccuracyTable(matrix, 48).text();

        List<String> lines = text.lines()
                .filter(line -> line.startsWith("|") || line.startsWith("+"))
                .toList();
        assertThat(lines).allMatch(line -> line.length() <= 48);
        assertThat(lines).allMatch(line -> line.endsWith("|") || line.endsWith("+"));
        assertThat(text.chars()).allMatch(c -> c == '\n' || !Character.isISOControl(c));
    }

    @Test
    void aTableTooNarrowForOneColumnIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AccuracyTable(running, 47))
                .withMessage("width must be at least 48, got 47");
    }
}
