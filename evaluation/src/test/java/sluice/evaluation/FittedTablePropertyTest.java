package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class FittedTablePropertyTest {
    @Provide
    Arbitrary<FittedTable> tables() {
        Arbitrary<String> words = Arbitraries.strings()
                .withCharRange('a', 'z')
                .ofMinLength(1)
                .ofMaxLength(25)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(parts -> String.join(" ", parts));
        Arbitrary<String> figures = Arbitraries.doubles()
                .between(-1e5, 1e5)
                .flatMap(middle -> Arbitraries.of("%.4f", "%.1f +- 0.1234", "[-1.5, %.2f]")
                        .map(pattern -> pattern.formatted(middle)));
        return Arbitraries.integers()
                .between(1, 9)
                .flatMap(columns -> words.list()
                        .ofSize(columns + 1)
                        .flatMap(headings -> figures.list()
                                .ofSize(3 * columns)
                                .flatMap(cells -> words.list().ofSize(3).map(names -> table(headings, names, cells)))));
    }

    private static FittedTable table(List<String> headings, List<String> names, List<String> cells) {
        int columns = headings.size() - 1;
        return new FittedTable(
                ImmutableList.copyOf(headings),
                IntStream.range(0, names.size())
                        .mapToObj(row -> ImmutableList.<String>builder()
                                .add(names.get(row))
                                .addAll(cells.subList(row * columns, (row + 1) * columns))
                                .build())
                        .collect(ImmutableList.toImmutableList()));
    }

    @Property(tries = 300)
    void noLineIsWiderAndNoFigureIsCut(
            @ForAll("tables") FittedTable table, @ForAll @IntRange(min = 40, max = 200) int width) {
        String text = table.text(width);

        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
        table.rows().forEach(row -> assertThat(text).contains(row.subList(1, row.size())));
    }

    @Property(tries = 100)
    void whatFitsIsOneTableWithALineARow(@ForAll("tables") FittedTable table) {
        List<String> lines = table.text(Integer.MAX_VALUE).lines().toList();

        assertThat(lines).hasSize(table.rows().size() + 4);
        assertThat(table.text(Math.max(40, lines.get(0).length()))).isEqualTo(String.join("\n", lines));
    }

    @Example
    void headingsGoOnBelowBeforeColumnsDo() {
        FittedTable table = new FittedTable(
                ImmutableList.of("strategy", "learning accuracy", "multiply-adds per step", "of dense"),
                ImmutableList.of(ImmutableList.of("gates", "0.9912", "7,886", "0.342")));

        assertThat(table.text(47)).isEqualTo("""
                +----------+----------+---------------+-------+
                | strategy | learning | multiply-adds |    of |
                |          | accuracy |      per step | dense |
                +----------+----------+---------------+-------+
                | gates    |   0.9912 |         7,886 | 0.342 |
                +----------+----------+---------------+-------+""");
        assertThat(table.text(40)).isEqualTo("""
                +----------+----------+---------------+
                | strategy | learning | multiply-adds |
                |          | accuracy |      per step |
                +----------+----------+---------------+
                | gates    |   0.9912 |         7,886 |
                +----------+----------+---------------+
                +----------+----------+
                | strategy | of dense |
                +----------+----------+
                | gates    |    0.342 |
                +----------+----------+""");
    }

    @Example
    void rowsNeedACellPerHeading() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new FittedTable(ImmutableList.of("a", "b"), ImmutableList.of(ImmutableList.of("only a name"))))
                .withMessageContaining("needs as many cells");
    }
}
