package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrategyTableTest {
    private static final MetricValue NO_ROW = MetricValue.undefined("there is no row after task 1");
    private static final ImmutableList<StrategyColumn> COLUMNS = ImmutableList.of(
            StrategyColumn.interval("acc", "ACC", 4),
            StrategyColumn.mean("forgetting", "forgetting", 4),
            StrategyColumn.mean("bwt", "BWT", 4),
            StrategyColumn.mean("intransigence", "intransigence", 4).whereMeasured(),
            StrategyColumn.mean("train_seconds", "seconds", 1));

    private static RunMetrics run(String strategy, long seed, double acc, MetricValue bwt, double seconds) {
        return RunMetrics.empty(strategy, seed)
                .with("acc", acc)
                .with("forgetting", bwt)
                .with("bwt", bwt)
                .with("intransigence", MetricValue.undefined("nobody asked"))
                .with("train_seconds", seconds);
    }

    @Test
    void aTableHasALinePerStrategyAndSaysBelowWhyFiguresAreMissing() {
        ImmutableList<StrategyRuns> strategies = ImmutableList.of(
                new StrategyRuns(
                        "naive",
                        ImmutableList.of(
                                run("naive", 1, 0.6, MetricValue.of(-0.5), 9.96),
                                run("naive", 2, 0.62, MetricValue.of(-0.25), 12)),
                        0),
                new StrategyRuns("joint", ImmutableList.of(run("joint", 1, 0.98765, NO_ROW, 1234.5)), 0),
                new StrategyRuns("ewc", ImmutableList.of(), 2));

        assertThat(new StrategyTable(strategies, COLUMNS).text()).isEqualTo("""
                        +----------+-------------+------------------+------------+---------+---------+
                        | strategy |        runs |              ACC | forgetting |     BWT | seconds |
                        +----------+-------------+------------------+------------+---------+---------+
                        | naive    |           2 | 0.6100 +- 0.1271 |    -0.3750 | -0.3750 |    11.0 |
                        | joint    |           1 | 0.9877           |          - |       - | 1,234.5 |
                        | ewc      | 0, 2 failed |      -           |          - |       - |       - |
                        +----------+-------------+------------------+------------+---------+---------+
                        +- half the width of the 95 % confidence interval of the mean over runs (Student's t)
                        joint: forgetting, BWT undefined because there is no row after task 1
                        no interval for joint: one run has no spread: run more seeds""");
    }

    @Test
    void aColumnThatIsOnlyForWhatWasMeasuredIsThereWhereAStrategyHasAValue() {
        List<RunMetrics> runs = List.of(
                RunMetrics.empty("a", 1).with("intransigence", 0.25),
                RunMetrics.empty("b", 1).with("acc", 0.5));

        String text = new StrategyTable(StrategyRuns.of(runs), COLUMNS).text();

        assertThat(text).contains("| intransigence |", "|        0.2500 |", "|             - |");
    }

    @Test
    void aMetricThatSomeRunsLackSaysHowManyItRestsOn() {
        List<RunMetrics> runs = List.of(
                RunMetrics.empty("a", 1).with("acc", 0.5),
                RunMetrics.empty("a", 2).with("bwt", 0.5));

        String text = new StrategyTable(StrategyRuns.of(runs), COLUMNS).text();

        assertThat(text).contains("a: ACC of 1 of 2 runs\na: BWT of 1 of 2 runs\na: forgetting, seconds undefined ");
    }

    @Test
    void smallFiguresAndIntervalsAreNotShownAsZero() {
        List<RunMetrics> runs = List.of(
                RunMetrics.empty("a", 1).with("acc", 0.99999),
                RunMetrics.empty("a", 2).with("acc", 0.999991));

        String text = new StrategyTable(
                        StrategyRuns.of(runs), ImmutableList.of(StrategyColumn.interval("acc", "ACC", 4)))
                .text();

        assertThat(text).contains("| 1.0000 +- 6.4e-06 |");
    }

    @Test
    void aColumnOfMediansSaysSoBelow() {
        List<RunMetrics> runs = List.of(
                RunMetrics.empty("a", 1).with("ms_per_step", 1),
                RunMetrics.empty("a", 2).with("ms_per_step", 2),
                RunMetrics.empty("a", 3).with("ms_per_step", 99));

        String text = new StrategyTable(
                        StrategyRuns.of(runs), ImmutableList.of(StrategyColumn.median("ms_per_step", "ms per step", 1)))
                .text();

        assertThat(text).contains("|         2.0 |").endsWith("\nms per step: median over runs");
    }

    @Test
    void hostileNamesStayOnOneLine() {
        String name = "a\nb\u001b[2J" + "x".repeat(50);
        ImmutableList<StrategyColumn> columns = ImmutableList.of(StrategyColumn.mean("acc", "A\nC", 4));

        String text = new StrategyTable(StrategyRuns.of(List.of(RunMetrics.empty(name, 1))), columns).text();

        assertThat(text).contains("| a\uFFFDb\uFFFD[2J" + "x".repeat(32) + "\u2026 |", "| A\uFFFDC |");
        assertThat(text.lines()).hasSize(6);
    }

    @Test
    void decimalsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StrategyColumn.mean("acc", "ACC", -1))
                .withMessage("decimals must be in [0, 9], got -1");
    }
}
