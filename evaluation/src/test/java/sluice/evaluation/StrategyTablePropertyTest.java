package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StrategyTablePropertyTest {
    private static final ImmutableList<StrategyColumn> COLUMNS = ImmutableList.of(
            StrategyColumn.interval("acc", "ACC", 4),
            StrategyColumn.mean("bwt", "BWT", 4).whereMeasured(),
            StrategyColumn.median("bwt", "middle BWT", 2),
            StrategyColumn.interval("ram", "megabytes", 0));

    @Property(tries = 300)
    void everyComparisonHasATableWithBordersInLineAndNotesOfOneLine(@ForAll("strategies") List<StrategyRuns> runs) {
        String text = new StrategyTable(ImmutableList.copyOf(runs), COLUMNS).text();

        List<String> table = text.lines()
                .filter(line -> line.startsWith("|") || (line.startsWith("+-") && line.endsWith("+")))
                .toList();
        assertThat(table).hasSize(runs.size() + 4);
        assertThat(table.stream().map(String::length).distinct()).hasSize(1);
        assertThat(text.chars()).allMatch(c -> c == '\n' || !Character.isISOControl(c));
    }

    @Property(tries = 300)
    void intervalsOfAColumnAreBelowEachOther(@ForAll("strategies") List<StrategyRuns> runs) {
        String text = new StrategyTable(
                        ImmutableList.copyOf(runs), ImmutableList.of(StrategyColumn.interval("acc", "ACC", 4)))
                .text();

        assertThat(text.lines()
                        .filter(line -> line.startsWith("|"))
                        .map(line -> line.lastIndexOf(" +- "))
                        .filter(place -> place >= 0)
                        .distinct())
                .hasSizeLessThanOrEqualTo(1);
    }

    @Provide
    Arbitrary<List<StrategyRuns>> strategies() {
        Arbitrary<MetricValue> values = Arbitraries.oneOf(
                Arbitraries.doubles().between(-1, 1).ofScale(7).map(MetricValue::of),
                Arbitraries.doubles().map(MetricValue::of),
                Arbitraries.just(MetricValue.undefined("nobody\nlooked")));
        Arbitrary<Map<String, MetricValue>> figures =
                Arbitraries.maps(Arbitraries.of("acc", "bwt", "ram"), values).ofMaxSize(3);
        return Combinators.combine(
                        RandomMatrices.names()
                                .map(name -> name.replace('+', 'x').replace('|', 'x')),
                        figures.list().ofMaxSize(4),
                        Arbitraries.integers().between(0, 2))
                .as(StrategyTablePropertyTest::runs)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .withoutEdgeCases();
    }

    private static StrategyRuns runs(String strategy, List<Map<String, MetricValue>> figures, int failed) {
        ImmutableList<RunMetrics> finished = IntStream.range(0, figures.size())
                .mapToObj(seed -> new RunMetrics(strategy, seed, ImmutableMap.copyOf(figures.get(seed))))
                .collect(ImmutableList.toImmutableList());
        return new StrategyRuns(strategy, finished, failed);
    }
}
