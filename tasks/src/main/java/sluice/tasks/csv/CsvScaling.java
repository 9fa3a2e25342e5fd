package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Printable;

/**
 * Fills missing values and standardises numeric features.
 *
 * @param features the column of each where it is numeric, else ""
 * @param standardise what is fitted to what
 * @param fill what takes the place of a missing value
 * @param trainFiles the training file of each task, or the one of all
 * @param known scales of tasks that a model has learned, the first of which stands in the place of the first task
 */
record CsvScaling(
        ImmutableList<String> features,
        Standardise standardise,
        Missing.Fill fill,
        ImmutableList<Path> trainFiles,
        KnownEncodings known) {
    /** Training and test examples with their final values. */
    record Scaled(Examples train, Examples test) {}

    /** Whether values may stay as they are. */
    private boolean changesNothing(EncodedRows train, EncodedRows test) {
        return known.byTask().isEmpty()
                && standardise == Standardise.NONE
                && train.missing().isEmpty()
                && test.missing().isEmpty();
    }

    /**
     * {@return as many, copies if they change}
     *
     * @param scales of the features in each task
     * @param train training rows
     * @param trainTask the task of each, from 0; rows of no task have -1 and stay as they are
     * @param test test rows
     * @param testTask likewise
     */
    Scaled scale(ColumnScale[][] scales, EncodedRows train, int[] trainTask, EncodedRows test, int[] testTask) {
        if (changesNothing(train, test)) {
            return new Scaled(train.examples(), test.examples());
        }
        return new Scaled(apply(scales, train, trainTask), apply(scales, test, testTask));
    }

    /** The scale of each feature in each task, fitted to its training rows. */
    ColumnScale[][] scales(EncodedRows train, int[] trainTask, List<String> tasks) {
        ColumnScale[][] scales = new ColumnScale[tasks.size()][];
        for (int task = 0; task < scales.length; task++) {
            Optional<ColumnScale[]> given = known.scales(tasks.get(task)).or(this::ofFirst);
            if (given.isPresent()) {
                scales[task] = given.get();
            } else {
                boolean fromFirst = standardise == Standardise.FIRST_TASK && task > 0;
                scales[task] = fromFirst ? scales[0] : fit(train, trainTask, task);
            }
        }
        return scales;
    }

    private Optional<ColumnScale[]> ofFirst() {
        return standardise == Standardise.FIRST_TASK ? known.firstScales(fill) : Optional.empty();
    }

    private ColumnScale[] fit(EncodedRows train, int[] taskOf, int task) {
        int[] rows =
                IntStream.range(0, taskOf.length).filter(i -> taskOf[i] == task).toArray();
        ColumnScale[] scales = new ColumnScale[features.size()];
        Arrays.setAll(
                scales,
                f -> features.get(f).isEmpty() || rows.length == 0
                        ? ColumnScale.NONE
                        : fit(new ColumnValues(train, rows, f), task));
        return scales;
    }

    private ColumnScale fit(ColumnValues values, int task) {
        double filled = 0;
        if (fill instanceof Missing.Fill.Constant constant) {
            filled = (float) constant.number();
        } else if (fill instanceof Missing.Fill.Mean) {
            filled = values.mean().orElseThrow(() -> nothingToFillWith(values.feature(), task));
        }
        return standardise == Standardise.NONE ? new ColumnScale(filled, 0, 1) : values.scale(filled);
    }

    private InputException nothingToFillWith(int feature, int task) {
        Path file = trainFiles.get(Math.min(task, trainFiles.size() - 1));
        return new InputException(
                "%s, column %s: has no value in the training rows of task %d, of which fill: mean would be the mean: write a number as fill, or exclude the column"
                        .formatted(CsvPlace.name(file), Printable.quoted(features.get(feature)), task + 1));
    }

    private Examples apply(ColumnScale[][] scales, EncodedRows rows, int[] taskOf) {
        float[] values = rows.values().clone();
        for (int row = 0; row < taskOf.length; row++) {
            for (int f = 0; taskOf[row] >= 0 && f < rows.features(); f++) {
                int at = rows.at(row, f);
                values[at] =
                        scales[taskOf[row]][f].apply(values[at], rows.missing().get(at));
                if (!Float.isFinite(values[at])) {
                    throw tooFar(f, rows.values()[at]);
                }
            }
        }
        return rows.examples(values);
    }

    private InputException tooFar(int feature, float value) {
        return new InputException(
                "%s, column %s: the value %s is too far from the training rows to be standardised: mend it, or exclude the column"
                        .formatted(CsvPlace.name(trainFiles.get(0)), Printable.quoted(features.get(feature)), value));
    }
}
