package sluice.framework.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sluice.framework.experiment.GivenExamples;
import sluice.framework.experiment.Predictor;
import sluice.framework.experiment.StoredPredictor;
import sluice.framework.internal.file.WholeFile;
import sluice.tasks.InputException;

/** {@code sluice predict}: a saved model's answers for new examples. */
@Command(
        name = "predict",
        description = {
            "Predicts the classes of examples, or their numbers, with a saved model.",
            "Input is a PNG or JPEG image or a folder of them (and of folders), images in MNIST's format, or a CSV or ARFF file, plain or gzip. For a model that learned from CSV files it has"
                    + " a header with their features, in any order; cells are as they were there, and other columns are"
                    + " not looked at. For any other model it has numbers, a column per feature, with a header or"
                    + " without, in the units of the training data."
        },
        sortOptions = false,
        footer = {
            "",
            "Without --out the predictions go to standard output, and all else that is said to standard error.",
            "With --label, macro averages and balanced accuracy are means over the classes that have rows; a class that is never"
                    + " predicted counts as 0, and rows of a class that was not learned are counted apart.",
            "",
            "Columns of the output:",
            "  row          place of the example in the input, from 1",
            "  file         instead, of PNG and JPEG images: the name, from the folder on; they are in its order",
            "  predicted    a class as its data calls it (of scenario domain, where no two tasks share one, its place in the task), or unknown;"
                    + " a number, in the target's units, of a model that predicts numbers",
            "  probability  of the likeliest class: calibrated of random-feature-lda; else softmax, of networks with exits by the heads computed, not calibrated",
            "  probability_CLASS  of every class, with --all, likewise: they sum to 1",
            "  multiply_adds  that the example took; of networks with exits",
            "  reason       why a row was refused, where one was (data.unseen: refuse)",
            "",
            "Examples:",
            "  sluice predict --model runs/split-mnist-seed1 --task 2-3 --input images.idx --out predictions.csv",
            "  sluice predict --model runs/scans-seed1 --task cat-dog --input photos --label folder",
            "  sluice predict --model runs/mine-seed1 --input table.csv --label species --all --out predictions.csv",
            "  sluice predict --model runs/split-mnist-class-seed1 --input table.csv | cut -d, -f2 | sort | uniq -c"
        })
final class PredictCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by the command-line library
    private HelpOption help;

    @Option(names = "--model", paramLabel = "RUN", required = true, description = "a run folder, or its model.sluice")
    private Path model;

    @Option(
            names = "--task",
            paramLabel = "NAME",
            description =
                    "the task that the examples are of; not for models that predict without it, nor needed where a model has one task, or tasks are clusters of rows")
    private String task;

    @Option(
            names = "--budget",
            paramLabel = "N",
            description =
                    "multiply-adds that an example may take on average; for networks and tasks with exits (default: what the run was tested with)")
    private Long budget;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            required = true,
            description = "a PNG or JPEG image or a folder of them, images in MNIST's format, or a CSV or ARFF file")
    private Path input;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "where the predictions go, CSV (default: standard output)")
    private Path out;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            description =
                    "the column of the table that has the labels, or folder where each image lies in one named as its class: accuracy, and precision, recall and F1 of each class are told; of numbers RMSE and R2")
    private String label;

    @Option(names = "--all", description = "a column for each class with its probability, probability_CLASS")
    private boolean all;

    @Option(names = "--overwrite", description = "replace a file that is there already")
    private boolean overwrite;

    PredictCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (out != null && Files.exists(out) && !overwrite) {
            throw new InputException("%s is there already: choose another --out, or add --overwrite".formatted(out));
        }
        try (Predictor predictor = predictor()) {
            if (all && predictor.predictsNumbers()) {
                throw new InputException(
                        "--all: %s predicts numbers, which have no classes: remove the option".formatted(model));
            }
            GivenExamples rows = predictor.read(input, Optional.ofNullable(label));
            rows.notes().forEach(note -> terminal.err().println("sluice: warning: %s: %s".formatted(input, note)));
            checkAnyIsLeft(rows);
            predictor.remarks().forEach(remark -> terminal.err().println("sluice: warning: " + remark));
            PredictionCsv predictions = new PredictionCsv(
                    predictor.answers(rows.examples()), rows, all ? predictor.classes() : ImmutableList.of());
            // what is wrong with labels is told before anything is written
            Optional<NumberPredictions> judged = label != null && predictor.predictsNumbers()
                    ? Optional.of(NumberPredictions.of(rows, predictions.answers(), "column " + label))
                    : Optional.empty();
            write(predictions);
            tell(predictions);
            if (label != null) {
                Terminal said = out == null ? terminal.onErr() : terminal;
                judged.ifPresentOrElse(
                        numbers -> numbers.print(said),
                        () -> labelled(predictor, rows, predictions).print(said));
            }
            return 0;
        } catch (OutOfMemoryError full) {
            throw new InputException(
                    "not enough memory for %s: give Java more with SLUICE_JAVA_OPTS=-Xmx4g, or split the file"
                            .formatted(input),
                    full);
        }
    }

    private void write(PredictionCsv predictions) {
        if (out != null) {
            WholeFile.write(out, predictions::write);
            return;
        }
        try {
            predictions.write(terminal.out());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // streams of printed text keep failures to themselves
        }
    }

    /** What is said beside the predictions goes where they do not. */
    private void tell(PredictionCsv predictions) {
        PrintStream said = out == null ? terminal.err() : terminal.out();
        int refused = predictions.refused().size();
        if (out != null) {
            int predicted = predictions.answers().size() - refused;
            said.printf(Locale.ROOT, "predicted %,d %s%n", predicted, predicted == 1 ? "example" : "examples");
        }
        if (refused > 0) {
            said.printf(Locale.ROOT, "refused %,d %s (column reason)%n", refused, refused == 1 ? "row" : "rows");
        }
        predictions
                .meanMultiplyAdds()
                .ifPresent(mean -> said.printf(Locale.ROOT, "multiply-adds %,.0f per example, mean%n", mean));
        if (out != null) {
            said.println("written");
            said.println("  " + out);
        }
    }

    private LabelledPredictions labelled(Predictor predictor, GivenExamples rows, PredictionCsv predictions) {
        ImmutableMap<String, String> rightAnswers = predictor.rightAnswers();
        LabelledPredictions labelled =
                new LabelledPredictions(predictor.classes(), task == null ? "the model" : "task " + task);
        for (int row = 0; row < rows.labels().size(); row++) {
            String given = rows.labels().get(row);
            if (rows.refused().containsKey(row)) {
                continue;
            }
            if (given.isEmpty()) {
                labelled.addWithoutLabel();
            } else if (rightAnswers.containsKey(given)) {
                labelled.add(
                        rightAnswers.get(given), predictions.answers().get(row).predicted());
            } else {
                labelled.addNotLearned(given);
            }
        }
        return labelled;
    }

    private Predictor predictor() {
        if (StoredPredictor.needsNoTask(model)) {
            if (task != null) {
                throw new InputException("--task: %s answers without the task: remove the option".formatted(model));
            }
            return StoredPredictor.withoutTask(model, mostMultiplyAdds());
        }
        return task == null
                ? StoredPredictor.ofUntoldTask(model, mostMultiplyAdds())
                : StoredPredictor.ofTask(model, task, mostMultiplyAdds());
    }

    private OptionalLong mostMultiplyAdds() {
        return budget == null ? OptionalLong.empty() : OptionalLong.of(budget);
    }

    private static void checkAnyIsLeft(GivenExamples rows) {
        if (rows.refused().size() == rows.examples().size()) {
            throw new InputException(
                    rows.refused().values().iterator().next() + ", and so it is with every row: mend them");
        }
    }
}
