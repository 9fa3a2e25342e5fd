package sluice.evaluation.run;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import org.apache.commons.csv.CSVPrinter;
import sluice.evaluation.CsvFile;
import sluice.evaluation.CsvLine;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.Printable;

/**
 * What became of a run of a comparison, a line of its {@code runs.csv}.
 *
 * @param variant its name
 * @param seed of the run
 * @param state what became of it
 * @param reason why it failed, one line; empty where it did not, or no reason is known
 */
public record RunStatus(String variant, long seed, State state, String reason) {
    private static final String VARIANT = "variant";
    private static final String SEED = "seed";
    private static final String STATUS = "status";
    private static final String REASON = "reason";
    private static final CsvFile FILE = new CsvFile(ImmutableList.of(VARIANT, SEED, STATUS, REASON));

    /** What became of a run. */
    public enum State {
        /** It went to its end. */
        DONE,
        /** It diverged or ran out of memory. */
        FAILED,
        /** It is still to be run, or being run. */
        WAITING;

        private String word() {
            return Ascii.toLowerCase(name());
        }
    }

    /**
     * Writes the header and a line per run. Neither flushes nor closes.
     *
     * @param runs in the order of the script
     * @param out where to
     * @throws IOException if {@code out} fails
     */
    public static void write(Iterable<RunStatus> runs, Appendable out) throws IOException {
        CSVPrinter printer = FILE.printer(out);
        for (RunStatus run : runs) {
            printer.printRecord(run.variant, run.seed, run.state.word(), run.reason);
        }
    }

    /**
     * Reads a file to its end. Does not close.
     *
     * @param in where from
     * @param source what to call it in messages, such as a file's name
     * @return what became of the runs, in order
     * @throws IOException if {@code in} fails
     * @throws MatrixFormatException if columns are missing or unknown, or a value is of another form
     */
    public static ImmutableList<RunStatus> read(Reader in, String source) throws IOException {
        return FILE.lines(in, source).stream().map(RunStatus::read).collect(toImmutableList());
    }

    private static RunStatus read(CsvLine line) {
        return new RunStatus(
                line.name(VARIANT), line.seed(), state(line), line.isEmpty(REASON) ? "" : line.name(REASON));
    }

    private static State state(CsvLine line) {
        return Arrays.stream(State.values())
                .filter(state -> state.word().equals(line.text(STATUS)))
                .findFirst()
                .orElseThrow(() -> line.refusal(
                        STATUS, "must be done, failed or waiting, got " + Printable.quoted(line.text(STATUS))));
    }
}
