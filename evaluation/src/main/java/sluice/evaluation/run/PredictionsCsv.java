package sluice.evaluation.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Floats;
import com.google.common.primitives.Ints;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import sluice.evaluation.ClassificationReport;
import sluice.evaluation.CsvFile;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.TaskPredictions;

/**
 * All that was predicted, a line per test row: the columns {@code after} (the task learned last), {@code task}, {@code row} (from 1,
 * in the order of the task's test data), {@code label}, {@code prediction} (empty where no class was likely enough), and
 * {@code probability_...} of each class, empty where it could not be answered. Compressed, and the same bytes for the same predictions.
 */
public final class PredictionsCsv {
    private static final ImmutableList<String> FIXED = ImmutableList.of("after", "task", "row", "label", "prediction");
    private static final String PROBABILITY = "probability_";
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

    private PredictionsCsv() {}

    /**
     * What was predicted after a task was learned.
     *
     * @param after that task
     * @param of of one task's test rows
     */
    public record Predicted(String after, TaskPredictions of) {}

    /**
     * Writes all of it, compressed. Does not close.
     *
     * @param predicted in the order of the lines, those after the last task at the end
     * @param out where to
     * @throws IOException if {@code out} fails
     */
    public static void write(List<Predicted> predicted, OutputStream out) throws IOException {
        ImmutableList<String> classes = classes(predicted);
        List<String> header = new ArrayList<>(FIXED);
        classes.forEach(name -> header.add(PROBABILITY + name));
        GZIPOutputStream compressed = new GZIPOutputStream(out);
        Writer writer = new OutputStreamWriter(compressed, StandardCharsets.UTF_8);
        CSVPrinter printer = new CsvFile(ImmutableList.copyOf(header)).printer(writer);
        for (Predicted each : predicted) {
            write(each, classes, printer);
        }
        writer.flush();
        compressed.finish();
    }

    /** First those that have rows, so that classes of a task keep their order, by which its means are taken. */
    private static ImmutableList<String> classes(List<Predicted> predicted) {
        ImmutableSet.Builder<String> all = ImmutableSet.builder();
        predicted.forEach(each -> all.addAll(each.of().report().classes().stream()
                .map(ClassificationReport.OfClass::name)
                .toList()));
        predicted.forEach(each -> all.addAll(each.of().classes()));
        return all.build().asList();
    }

    private static void write(Predicted predicted, List<String> classes, CSVPrinter printer) throws IOException {
        TaskPredictions of = predicted.of();
        int[] places = classes.stream().mapToInt(of.classes()::indexOf).toArray();
        for (int row = 0; row < of.rows(); row++) {
            List<Object> cells = new ArrayList<>(FIXED.size() + places.length);
            cells.add(Cells.name(predicted.after()));
            cells.add(Cells.name(of.task()));
            cells.add(row + 1);
            cells.add(Cells.name(of.classes().get(of.actual()[row])));
            cells.add(
                    of.predicted()[row] == TaskPredictions.UNKNOWN
                            ? ""
                            : Cells.name(of.classes().get(of.predicted()[row])));
            for (int place : places) {
                cells.add(of.hasProbabilities() && place >= 0 ? of.probability(row, place) : "");
            }
            printer.printRecord(cells);
        }
    }

    /**
     * Reads what was predicted after the last task.
     *
     * @param file that {@link #write} wrote
     * @return by task, in the order of the lines
     * @throws IOException if it cannot be read
     * @throws MatrixFormatException if it is of another form
     */
    public static ImmutableMap<String, TaskPredictions> readLast(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                InputStream plain = new GZIPInputStream(in);
                Reader reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
                CSVParser parser =
                        CSVParser.builder().setReader(reader).setFormat(FORMAT).get()) {
            return new Last(file.toString()).read(parser);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CSVException) {
                throw new MatrixFormatException(file + " is no file of predictions: take it as the run wrote it");
            }
            throw e.getCause();
        }
    }

    /** What follows the last change of the column {@code after}. */
    private static final class Last {
        private final String source;
        private final Map<String, Rows> tasks = new LinkedHashMap<>();
        private ImmutableList<String> classes = ImmutableList.of();
        private String after = "";

        Last(String source) {
            this.source = source;
        }

        ImmutableMap<String, TaskPredictions> read(CSVParser parser) {
            boolean isHeader = true;
            for (CSVRecord line : parser) {
                if (isHeader) {
                    header(line.toList());
                    isHeader = false;
                } else {
                    add(line, parser.getCurrentLineNumber());
                }
            }
            ImmutableMap.Builder<String, TaskPredictions> read = ImmutableMap.builder();
            tasks.forEach((task, rows) -> read.put(task, rows.predictions(task)));
            return read.buildOrThrow();
        }

        private void header(List<String> columns) {
            boolean fits = columns.size() > FIXED.size()
                    && columns.subList(0, FIXED.size()).equals(FIXED)
                    && columns.stream().skip(FIXED.size()).allMatch(column -> column.startsWith(PROBABILITY))
                    && ImmutableSet.copyOf(columns).size() == columns.size();
            if (!fits) {
                throw refusal(1, "the header is not that of predictions");
            }
            classes = columns.stream()
                    .skip(FIXED.size())
                    .map(column -> column.substring(PROBABILITY.length()))
                    .collect(ImmutableList.toImmutableList());
        }

        private void add(CSVRecord line, long number) {
            if (line.size() != FIXED.size() + classes.size()) {
                throw refusal(
                        number,
                        "a line has %d values, the header %d".formatted(line.size(), FIXED.size() + classes.size()));
            }
            if (!line.get(0).equals(after)) {
                after = line.get(0);
                tasks.clear();
            }
            tasks.computeIfAbsent(Cells.plain(line.get(1)), task -> new Rows(competing(line)))
                    .add(line, number);
        }

        /** Places of the classes that could be answered: those with probabilities, or all where none has any. */
        private int[] competing(CSVRecord line) {
            List<Integer> with = new ArrayList<>();
            List<Integer> all = new ArrayList<>();
            for (int c = 0; c < classes.size(); c++) {
                all.add(c);
                if (!line.get(FIXED.size() + c).isEmpty()) {
                    with.add(c);
                }
            }
            return Ints.toArray(with.isEmpty() ? all : with);
        }

        private MatrixFormatException refusal(long number, String problem) {
            return new MatrixFormatException(
                    "%s, line %d: %s: take the file as the run wrote it".formatted(source, number, problem));
        }

        /** Those of a task so far. */
        private final class Rows {
            private final int[] competing;
            private final ImmutableList<String> names;
            private final List<Integer> actual = new ArrayList<>();
            private final List<Integer> predicted = new ArrayList<>();
            private final List<Float> probabilities = new ArrayList<>();

            Rows(int[] competing) {
                this.competing = competing;
                this.names = Ints.asList(competing).stream().map(classes::get).collect(ImmutableList.toImmutableList());
            }

            void add(CSVRecord line, long number) {
                actual.add(place(line.get(3), number));
                predicted.add(line.get(4).isEmpty() ? TaskPredictions.UNKNOWN : place(line.get(4), number));
                for (int c : competing) {
                    String cell = line.get(FIXED.size() + c);
                    if (!cell.isEmpty()) {
                        probabilities.add(probability(cell, number));
                    }
                }
            }

            private int place(String cell, long number) {
                int place = names.indexOf(Cells.plain(cell));
                if (place < 0) {
                    throw refusal(number, "class %s has no probability".formatted(cell));
                }
                return place;
            }

            private float probability(String cell, long number) {
                Float value = Floats.tryParse(cell);
                if (value == null || !(value >= 0 && value <= 1)) {
                    throw refusal(number, "%s is no probability".formatted(cell));
                }
                return value;
            }

            TaskPredictions predictions(String task) {
                int known = probabilities.size();
                if (known != 0 && known != actual.size() * competing.length) {
                    throw refusal(1, "task %s lacks probabilities".formatted(task));
                }
                return new TaskPredictions(
                        task, names, Ints.toArray(actual), Ints.toArray(predicted), Floats.toArray(probabilities));
            }
        }
    }
}
