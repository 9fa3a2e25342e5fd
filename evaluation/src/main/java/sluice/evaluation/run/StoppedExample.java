package sluice.evaluation.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.function.Function;
import sluice.evaluation.CsvLine;

/**
 * A picture by how far it went through a network with exits.
 *
 * @param exit at which it stopped, from 1, the lowest
 * @param multiplyAdds that it took, at least 1
 * @param actual its class
 * @param predicted the answer
 * @param picture of the example
 */
public record StoppedExample(int exit, long multiplyAdds, String actual, String predicted, Picture picture) {
    private static final String EXIT = "exit";
    private static final String MULTIPLY_ADDS = "multiply_adds";
    private static final String ACTUAL = "actual";
    private static final String PREDICTED = "predicted";

    /** A line per picture, exit by exit. */
    public static final RunCsv<StoppedExample> FILE = RunCsv.ofOneRun(
            RunFile.STOPPED,
            ImmutableMap.<String, Function<StoppedExample, Object>>builder()
                    .put(EXIT, StoppedExample::exit)
                    .put(MULTIPLY_ADDS, StoppedExample::multiplyAdds)
                    .put(ACTUAL, example -> Cells.name(example.actual()))
                    .put(PREDICTED, example -> Cells.name(example.predicted()))
                    .putAll(Picture.columns(StoppedExample::picture))
                    .buildOrThrow(),
            ImmutableList.of(),
            StoppedExample::read);

    private static StoppedExample read(CsvLine line) {
        return new StoppedExample(
                line.count(EXIT, 1),
                line.count(MULTIPLY_ADDS, 1),
                line.name(ACTUAL),
                line.name(PREDICTED),
                Picture.read(line));
    }
}
