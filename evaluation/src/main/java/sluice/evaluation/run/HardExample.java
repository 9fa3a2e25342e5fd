package sluice.evaluation.run;

import com.google.common.collect.ImmutableMap;
import java.util.function.Function;
import sluice.evaluation.CsvLine;

/**
 * A picture that was answered wrongly.
 *
 * @param task whose test data it is of
 * @param rank from 1, the least probability of the actual class first
 * @param actual the class
 * @param predicted the answer; {@link ConfusionCount#UNKNOWN} for none
 * @param probability of the actual class, in [0, 1]
 * @param picture of the example
 */
public record HardExample(String task, int rank, String actual, String predicted, float probability, Picture picture) {
    private static final String RANK = "rank";
    private static final String ACTUAL = "actual";
    private static final String PREDICTED = "predicted";
    private static final String PROBABILITY = "probability";

    /** A line per example, task by task, the most wrongly answered first. */
    public static final RunCsv<HardExample> FILE = RunCsv.ofAnyRun(
            RunFile.HARDEST,
            ImmutableMap.<String, Function<HardExample, Object>>builder()
                    .put(RunCsv.TASK, example -> Cells.name(example.task()))
                    .put(RANK, HardExample::rank)
                    .put(ACTUAL, example -> Cells.name(example.actual()))
                    .put(PREDICTED, example -> Cells.name(example.predicted()))
                    .put(PROBABILITY, HardExample::probability)
                    .putAll(Picture.columns(HardExample::picture))
                    .buildOrThrow(),
            HardExample::read);

    private static HardExample read(CsvLine line) {
        Picture picture = Picture.read(line);
        return new HardExample(
                line.name(RunCsv.TASK),
                line.count(RANK, 1),
                line.name(ACTUAL),
                ConfusionCount.predicted(line, PREDICTED),
                (float) Cells.share(line, PROBABILITY),
                picture);
    }
}
