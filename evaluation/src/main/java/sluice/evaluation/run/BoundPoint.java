package sluice.evaluation.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.OptionalDouble;
import sluice.evaluation.CsvLine;

/**
 * Where the training of a network that generates stood after some steps.
 *
 * @param step steps done, at least 1
 * @param train mean negative bound of the batches since the point before, in nats
 * @param validation mean negative evidence bound of images that are held out, in nats; empty where it was not looked at
 */
public record BoundPoint(long step, double train, OptionalDouble validation) {
    private static final String STEP = "step";
    private static final String TRAIN = "train";
    private static final String VALIDATION = "validation";

    /** A line per point, in the order of the steps. */
    public static final RunCsv<BoundPoint> FILE = RunCsv.ofOneRun(
            RunFile.BOUNDS,
            ImmutableMap.of(
                    STEP,
                    BoundPoint::step,
                    TRAIN,
                    BoundPoint::train,
                    VALIDATION,
                    point -> Cells.known(point.validation().orElse(Double.NaN))),
            ImmutableList.of(),
            BoundPoint::read);

    private static BoundPoint read(CsvLine line) {
        return new BoundPoint(
                line.count(STEP, 1),
                line.decimal(TRAIN),
                line.isEmpty(VALIDATION) ? OptionalDouble.empty() : OptionalDouble.of(line.decimal(VALIDATION)));
    }
}
