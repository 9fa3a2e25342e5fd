package sluice.framework.cli;

import java.io.PrintStream;
import java.util.List;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.StrategyRuns;
import sluice.framework.experiment.MetricCheck;

/** The conditions of {@code --fail-if}, and what is said of them. */
record Checks(List<MetricCheck> conditions) {
    /** Exit code of a run that was done, but not as well as was asked for. */
    static final int FAILED = 3;

    /** Reads conditions as the user wrote them. */
    static Checks parse(List<String> texts) {
        return new Checks(texts.stream().map(MetricCheck::parse).toList());
    }

    /** What comes of them in a run. */
    List<MetricCheck.Result> of(RunMetrics metrics) {
        return conditions.stream().map(condition -> condition.of(metrics)).toList();
    }

    /** What comes of them in each variant of a comparison. */
    List<MetricCheck.Result> of(List<StrategyRuns> variants) {
        return conditions.stream()
                .flatMap(condition -> condition.of(variants).stream())
                .toList();
    }

    /** Prints how many passed, if there are any. */
    static void printPassed(List<MetricCheck.Result> results, PrintStream out) {
        if (!results.isEmpty()) {
            long failed = results.stream().filter(MetricCheck.Result::failed).count();
            out.println("checks            %d of %d passed".formatted(results.size() - failed, results.size()));
        }
    }

    /**
     * Says which conditions hold, a line each on the error stream.
     *
     * @return the exit code
     */
    static int report(List<MetricCheck.Result> results, PrintStream err) {
        List<MetricCheck.Result> failed =
                results.stream().filter(MetricCheck.Result::failed).toList();
        failed.forEach(result -> err.println("sluice: check failed: " + result.line()));
        return failed.isEmpty() ? 0 : FAILED;
    }
}
