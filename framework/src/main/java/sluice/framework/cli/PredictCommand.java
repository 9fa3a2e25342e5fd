package sluice.framework.cli;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sluice.evaluation.SpreadsheetText;
import sluice.framework.experiment.Predictor;
import sluice.framework.experiment.StoredPredictor;
import sluice.framework.internal.file.WholeFile;
import sluice.tasks.InputException;
import sluice.tasks.csv.TableRows;

/** {@code sluice predict}: a saved model's answers for new examples. */
@Command(
        name = "predict",
        description = {
            "Predicts the classes of examples with a saved model.",
            "Input is images in MNIST's format, or a CSV or ARFF file, plain or gzip. For a model that learned from CSV files it has"
                    + " a header with their features, in any order; cells are as they were there, and other columns are"
                    + " not looked at. For any other model it has numbers, a column per feature, with a header or"
                    + " without, in the units of the training data."
        },
        sortOptions = false,
        footer = {
            "",
            "Columns of the output:",
            "  row          place of the example in the input, from 1",
            "  predicted    a class as its data calls it (of scenario domain, where no two tasks share one, its place in the task), or unknown",
            "  probability  of the likeliest class: calibrated of random-feature-lda; else softmax, of networks with exits by the heads computed, not calibrated",
            "  multiply_adds  that the example took; of networks with exits",
            "  reason       why a row was refused, where one was (data.unseen: refuse)",
            "",
            "Examples:",
            "  sluice predict --model runs/split-mnist-seed1 --task 2-3 --input images.idx --out predictions.csv",
            "  sluice predict --model runs/split-mnist-class-seed1 --input table.csv --out predictions.csv"
        })
final class PredictCommand implements Callable<Integer> {
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();

    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by the command-line library
    private HelpOption help;

    @Option(names = "--model", paramLabel = "RUN", required = true, description = "a run folder, or its model.sluice")
    private Path model;

    @Option(
            names = "--task",
            paramLabel = "NAME",
            description = "the task that the examples are of; not for models that predict without it")
    private String task;

    @Option(
            names = "--budget",
            paramLabel = "N",
            description =
                    "multiply-adds that an example may take on average; for networks and tasks with exits (default: what the run was tested with)")
    private Long budget;

    @Option(names = "--input", paramLabel = "FILE", required = true, description = "images, or a CSV or ARFF file")
    private Path input;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "where the predictions go, CSV")
    private Path out;

    @Option(names = "--overwrite", description = "replace a file that is there already")
    private boolean overwrite;

    PredictCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (Files.exists(out) && !overwrite) {
            throw new InputException("%s is there already: choose another --out, or add --overwrite".formatted(out));
        }
        try (Predictor predictor = predictor()) {
            TableRows rows = predictor.read(input);
            rows.notes().forEach(note -> terminal.err().println("sluice: warning: %s: %s".formatted(input, note)));
            checkAnyIsLeft(rows);
            predictor.remarks().forEach(remark -> terminal.err().println("sluice: warning: " + remark));
            ImmutableList<Predictor.Answer> answers = predictor.answers(rows.examples());
            WholeFile.write(out, file -> write(answers, rows, file));
            terminal.out()
                    .printf(
                            Locale.ROOT,
                            "predicted %,d examples%n",
                            answers.size() - rows.refused().size());
            if (!rows.refused().isEmpty()) {
                terminal.out()
                        .printf(
                                Locale.ROOT,
                                "refused %,d rows (column reason)%n",
                                rows.refused().size());
            }
            printCost(answers, rows);
            terminal.out().println("written");
            terminal.out().println("  " + out);
            return 0;
        } catch (OutOfMemoryError full) {
            throw new InputException(
                    "not enough memory for %s: give Java more with SLUICE_JAVA_OPTS=-Xmx4g, or split the file"
                            .formatted(input),
                    full);
        }
    }

    private void printCost(List<Predictor.Answer> answers, TableRows rows) {
        IntStream.range(0, answers.size())
                .filter(row -> !rows.refused().containsKey(row))
                .mapToObj(row -> answers.get(row).multiplyAdds())
                .flatMapToLong(OptionalLong::stream)
                .average()
                .ifPresent(mean -> terminal.out().printf(Locale.ROOT, "multiply-adds %,.0f per example, mean%n", mean));
    }

    private Predictor predictor() {
        if (StoredPredictor.needsNoTask(model)) {
            if (task != null) {
                throw new InputException(
                        "--task: %s tells classes apart without the task: remove the option".formatted(model));
            }
            return StoredPredictor.withoutTask(model, mostMultiplyAdds());
        }
        if (task == null) {
            throw new InputException("--task: %s must be told the task: choose one of %s"
                    .formatted(model, String.join(", ", StoredPredictor.tasks(model))));
        }
        return StoredPredictor.ofTask(model, task, mostMultiplyAdds());
    }

    private OptionalLong mostMultiplyAdds() {
        return budget == null ? OptionalLong.empty() : OptionalLong.of(budget);
    }

    private static void checkAnyIsLeft(TableRows rows) {
        if (rows.refused().size() == rows.examples().size()) {
            throw new InputException(
                    rows.refused().values().iterator().next() + ", and so it is with every row: mend them");
        }
    }

    private static void write(List<Predictor.Answer> answers, TableRows rows, OutputStream file) throws IOException {
        Writer writer = new OutputStreamWriter(file, StandardCharsets.UTF_8);
        CSVPrinter printer = FORMAT.print(writer);
        boolean costs =
                answers.stream().anyMatch(answer -> answer.multiplyAdds().isPresent());
        List<String> columns = new ArrayList<>(List.of("row", "predicted", "probability"));
        if (costs) {
            columns.add("multiply_adds");
        }
        if (!rows.refused().isEmpty()) {
            columns.add("reason");
        }
        printer.printRecord(columns);
        for (int row = 0; row < answers.size(); row++) {
            Predictor.Answer answer = answers.get(row);
            String refusal = rows.refused().getOrDefault(row, "");
            boolean told = refusal.isEmpty();
            List<String> cells = new ArrayList<>();
            cells.add(Integer.toString(row + 1));
            cells.add(told ? SpreadsheetText.guarded(answer.predicted()) : "");
            cells.add(told ? String.format(Locale.ROOT, "%.6f", answer.probability()) : "");
            if (costs) {
                cells.add(told ? Long.toString(answer.multiplyAdds().orElse(0)) : "");
            }
            cells.add(SpreadsheetText.guarded(refusal));
            printer.printRecord(cells.subList(0, columns.size()));
        }
        writer.flush();
    }
}
