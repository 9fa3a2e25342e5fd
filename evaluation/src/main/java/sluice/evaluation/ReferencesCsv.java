package sluice.evaluation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Table;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVPrinter;

/**
 * Accuracies of reference models as CSV with the columns {@code reference,seed,task,correct,total,accuracy}: a line per
 * accuracy, in the order in which they were added; {@code reference} is a {@link Reference#word}, {@code task} the
 * task's name, {@code accuracy} the shortest decimal that parses back to the same double. Lines end in \n, and the text
 * is the same in every locale. Files may be joined end to end, headers and all. Names that a spreadsheet would take for a
 * formula are {@linkplain SpreadsheetText guarded}.
 */
public final class ReferencesCsv {
    private static final CsvFile FILE =
            new CsvFile(ImmutableList.of("reference", "seed", "task", "correct", "total", "accuracy"));

    private ReferencesCsv() {}

    /**
     * Writes the header and all accuracies. Neither flushes nor closes.
     *
     * @param references no two of the same seed
     * @param out where to
     * @throws IOException if {@code out} fails
     * @throws IllegalArgumentException if two have the same seed
     */
    public static void write(Iterable<ReferenceAccuracies> references, Appendable out) throws IOException {
        CSVPrinter printer = FILE.printer(out);
        Set<Long> written = new HashSet<>();
        for (ReferenceAccuracies ofSeed : references) {
            checkArgument(
                    written.add(ofSeed.seed()),
                    "two sets of references of seed %s: a file can hold only one",
                    ofSeed.seed());
            for (Table.Cell<Reference, String, AccuracyMatrix.Cell> line :
                    ofSeed.cells().cellSet()) {
                AccuracyMatrix.Cell cell = line.getValue();
                printer.printRecord(
                        line.getRowKey().word(),
                        Long.toString(ofSeed.seed()),
                        SpreadsheetText.guarded(line.getColumnKey()),
                        Integer.toString(cell.correct()),
                        Integer.toString(cell.total()),
                        Figures.exact(cell.accuracy()));
            }
        }
    }

    private record Place(long seed, Reference reference, String task) {}

    /**
     * Reads the references of every seed in a file, to its end. Does not close.
     *
     * @param in where from
     * @param source what to call it in messages, such as a file's name
     * @return the references per seed, in order of appearance
     * @throws IOException if {@code in} fails
     * @throws MatrixFormatException if columns are missing or unknown, a value is not a number or out of range, a
     *     reference is unknown, an accuracy is not correct/total within 1e-9, or a reference's accuracy on a task is
     *     there twice
     */
    public static List<ReferenceAccuracies> read(Reader in, String source) throws IOException {
        Map<Long, ReferenceAccuracies> seeds = new LinkedHashMap<>();
        Map<Place, CsvLine> taken = new HashMap<>();
        for (CsvLine line : FILE.lines(in, source)) {
            Place place = new Place(line.seed(), reference(line), line.name("task"));
            CsvLine earlier = taken.putIfAbsent(place, line);
            if (earlier != null) {
                throw line.refusal(
                        "task",
                        "the " + place.reference().word() + " reference of seed " + place.seed()
                                + " on this task is on line " + earlier.number()
                                + " already: remove one, or give one another seed");
            }
            AccuracyMatrix.Cell cell = line.cell();
            ReferenceAccuracies before = seeds.getOrDefault(place.seed(), ReferenceAccuracies.empty(place.seed()));
            seeds.put(place.seed(), before.with(place.reference(), place.task(), cell.correct(), cell.total()));
        }
        return List.copyOf(seeds.values());
    }

    private static Reference reference(CsvLine line) {
        return Reference.of(line.text("reference")).orElseThrow(() -> {
            String known =
                    Arrays.stream(Reference.values()).map(Reference::word).collect(Collectors.joining(", "));
            return line.refusal(
                    "reference", "must be one of " + known + ", got " + Printable.quoted(line.text("reference")));
        });
    }
}
