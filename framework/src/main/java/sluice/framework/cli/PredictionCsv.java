package sluice.framework.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import sluice.evaluation.SpreadsheetText;
import sluice.framework.experiment.GivenExamples;
import sluice.framework.experiment.Predictor;

/**
 * Predictions as CSV, a row per example.
 *
 * @param answers to all examples, in order
 * @param examples what was asked
 * @param classes whose probabilities have a column each: all that may be answered, or none
 */
record PredictionCsv(ImmutableList<Predictor.Answer> answers, GivenExamples examples, ImmutableList<String> classes) {
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();

    /** Writes all of it; the stream stays open. */
    void write(OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        CSVPrinter printer = FORMAT.print(writer);
        boolean costs = costs();
        boolean numbers = areNumbers();
        printer.printRecord(columns(costs, numbers));
        for (int row = 0; row < answers.size(); row++) {
            printer.printRecord(cells(row, costs, numbers));
        }
        writer.flush();
    }

    /** Why there is no prediction, by the example's position from 0. */
    ImmutableMap<Integer, String> refused() {
        return examples.refused();
    }

    private boolean areFiles() {
        return !examples.files().isEmpty();
    }

    /** What an example took, on average; empty where all take the same. */
    OptionalDouble meanMultiplyAdds() {
        return IntStream.range(0, answers.size())
                .filter(row -> !refused().containsKey(row))
                .mapToObj(row -> answers.get(row).multiplyAdds())
                .flatMapToLong(OptionalLong::stream)
                .average();
    }

    private boolean areNumbers() {
        return answers.stream().anyMatch(answer -> Double.isNaN(answer.probability()));
    }

    private boolean findsTasks() {
        return answers.stream().anyMatch(answer -> answer.task().isPresent());
    }

    private boolean costs() {
        return answers.stream().anyMatch(answer -> answer.multiplyAdds().isPresent());
    }

    private List<String> columns(boolean costs, boolean numbers) {
        List<String> columns = new ArrayList<>(List.of(areFiles() ? "file" : "row"));
        if (findsTasks()) {
            columns.add("task");
        }
        columns.add("predicted");
        if (!numbers) {
            columns.add("probability");
        }
        classes.forEach(name -> columns.add("probability_" + name));
        if (costs) {
            columns.add("multiply_adds");
        }
        if (!refused().isEmpty()) {
            columns.add("reason");
        }
        return columns;
    }

    private List<String> cells(int row, boolean costs, boolean numbers) {
        Predictor.Answer answer = answers.get(row);
        boolean told = !refused().containsKey(row);
        List<String> cells = new ArrayList<>();
        cells.add(areFiles() ? SpreadsheetText.guarded(examples.files().get(row)) : Integer.toString(row + 1));
        if (findsTasks()) {
            cells.add(told ? SpreadsheetText.guarded(answer.task().orElse("")) : "");
        }
        String predicted = numbers ? answer.predicted() : SpreadsheetText.guarded(answer.predicted());
        cells.add(told ? predicted : "");
        if (!numbers) {
            cells.add(told ? probability(answer.probability()) : "");
        }
        for (int c = 0; c < classes.size(); c++) {
            cells.add(told ? probability(answer.probabilities().get(c)) : "");
        }
        if (costs) {
            cells.add(told ? Long.toString(answer.multiplyAdds().orElse(0)) : "");
        }
        if (!refused().isEmpty()) {
            cells.add(SpreadsheetText.guarded(refused().getOrDefault(row, "")));
        }
        return cells;
    }

    private static String probability(double probability) {
        return String.format(Locale.ROOT, "%.6f", probability);
    }
}
