package sluice.framework.experiment;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Multiset;
import com.google.common.collect.TreeMultiset;
import java.io.IOException;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVPrinter;
import sluice.evaluation.SpreadsheetText;
import sluice.framework.result.TestAnswers;
import sluice.tasks.Shape;

/** How each task of a run was learned, which classes were taken for which, and the examples that were most wrongly answered. */
final class TraceCsv {
    private static final int HARDEST = 12;

    private TraceCsv() {}

    /**
     * Whose figures they are.
     *
     * @param strategy how it was learned
     * @param seed of the run
     */
    record Run(String strategy, long seed) {}

    /** A line per window of steps; accuracy is empty where it is not known. */
    static void writeCurves(Run run, List<RunTrace.CurvePoint> curve, Appendable out) throws IOException {
        CSVPrinter printer = LedgerCsv.FORMAT.print(out);
        printer.printRecord("strategy", "seed", "task", "step", "epoch", "loss", "accuracy");
        for (RunTrace.CurvePoint point : curve) {
            printer.printRecord(
                    SpreadsheetText.guarded(run.strategy()),
                    run.seed(),
                    SpreadsheetText.guarded(point.task()),
                    point.step(),
                    point.epoch(),
                    point.loss(),
                    Double.isNaN(point.accuracy()) ? "" : point.accuracy());
        }
    }

    private record Pair(int actual, int predicted) {}

    /** A line per task and pair of classes that occurred. */
    static void writeConfusion(Run run, List<TestAnswers> tasks, IntFunction<String> names, Appendable out)
            throws IOException {
        CSVPrinter printer = LedgerCsv.FORMAT.print(out);
        printer.printRecord("strategy", "seed", "task", "actual", "predicted", "count");
        for (TestAnswers answers : tasks) {
            Multiset<Pair> pairs =
                    TreeMultiset.create(Comparator.comparingInt(Pair::actual).thenComparingInt(Pair::predicted));
            for (int i = 0; i < answers.answers().length; i++) {
                pairs.add(new Pair(answers.actual(i), answers.answers()[i]));
            }
            for (Multiset.Entry<Pair> entry : pairs.entrySet()) {
                printer.printRecord(
                        SpreadsheetText.guarded(run.strategy()),
                        run.seed(),
                        SpreadsheetText.guarded(answers.task().name()),
                        SpreadsheetText.guarded(names.apply(entry.getElement().actual())),
                        SpreadsheetText.guarded(word(entry.getElement().predicted(), names)),
                        entry.getCount());
            }
        }
    }

    /** Per task the wrong answers that gave the example's own class the least probability, as pictures. */
    static void writeHardest(Run run, List<TestAnswers> tasks, IntFunction<String> names, Shape shape, Appendable out)
            throws IOException {
        Shape.Channels image = image(shape).orElseThrow();
        CSVPrinter printer = LedgerCsv.FORMAT.print(out);
        printer.printRecord(
                "strategy",
                "seed",
                "task",
                "rank",
                "actual",
                "predicted",
                "probability",
                "width",
                "height",
                "channels",
                "pixels");
        for (TestAnswers answers : tasks) {
            ImmutableList<Integer> hardest = hardest(answers);
            for (int rank = 1; rank <= hardest.size(); rank++) {
                int example = hardest.get(rank - 1);
                printer.printRecord(
                        SpreadsheetText.guarded(run.strategy()),
                        run.seed(),
                        SpreadsheetText.guarded(answers.task().name()),
                        rank,
                        SpreadsheetText.guarded(names.apply(answers.actual(example))),
                        SpreadsheetText.guarded(word(answers.answers()[example], names)),
                        answers.probabilities()[example],
                        image.width(),
                        image.height(),
                        image.channels(),
                        pixels(answers.task().test().row(example), image));
            }
        }
    }

    private static ImmutableList<Integer> hardest(TestAnswers answers) {
        return IntStream.range(0, answers.answers().length)
                .filter(i -> answers.answers()[i] != answers.actual(i))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> answers.probabilities()[i]))
                .limit(HARDEST)
                .collect(toImmutableList());
    }

    /** Base64 of a byte per value, row by row, the channels of a pixel beside each other. */
    private static String pixels(float[] values, Shape.Channels image) {
        int area = image.height() * image.width();
        byte[] bytes = new byte[image.features()];
        for (int pixel = 0, at = 0; pixel < area; pixel++) {
            for (int channel = 0; channel < image.channels(); channel++, at++) {
                bytes[at] = (byte) Math.round(Math.max(0, Math.min(255, values[channel * area + pixel])));
            }
        }
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The examples as images that can be shown: grey, or in three colours; empty where they are none. */
    static Optional<Shape.Channels> image(Shape shape) {
        if (shape instanceof Shape.Image grey) {
            return Optional.of(new Shape.Channels(1, grey.height(), grey.width()));
        }
        return shape instanceof Shape.Channels colours && (colours.channels() == 1 || colours.channels() == 3)
                ? Optional.of(colours)
                : Optional.empty();
    }

    private static String word(int answer, IntFunction<String> names) {
        return answer == TestAnswers.UNKNOWN ? "unknown" : names.apply(answer);
    }
}
