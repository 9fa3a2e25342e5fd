package sluice.framework.discriminant;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.Ints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.model.ModelArchive;
import sluice.framework.predict.internal.discriminant.Posterior;
import sluice.tasks.Examples;
import sluice.tasks.Scenario;

/**
 * What a {@link TaskDiscriminant} says, without the sums that it follows from. Immutable.
 *
 * @param model a discriminant between the classes of all tasks, numbered task by task
 * @param starts by task, its first class among those; the last is how many classes there are
 * @param spread how scores of the classes' own examples lie
 */
public record TaskScores(DiscriminantModel model, ImmutableIntArray starts, ScoreSpread spread) {
    /** The same of the tasks, among all whose classes are counted, that have any so far. */
    static TaskScores of(RandomFeatures features, Discriminant discriminant, int[] starts, ScoreSpread spread) {
        int components = discriminant.components();
        int[] classes = IntStream.range(0, components).toArray();
        return new TaskScores(
                new DiscriminantModel(
                        features,
                        new DiscriminantModel.Scoring(discriminant, new Posterior(classes, components), 1),
                        ImmutableList.copyOf(Ints.asList(classes)),
                        0,
                        Optional.empty(),
                        Map.of(DiscriminantModel.SCENARIO, Scenario.CLASS.name())),
                ImmutableIntArray.copyOf(IntStream.concat(
                        IntStream.of(starts).takeWhile(start -> start < components), IntStream.of(components))),
                spread);
    }

    /**
     * Scores examples, the bits of each of which depend on it and the model alone.
     *
     * @param examples raw features
     * @param into by example and task, overwritten: the logarithm of what the classes of the task are together
     * @param fits by example, overwritten: how well it fits the first task that is the likeliest, at most 0
     */
    public void score(Examples examples, double[][] into, double[] fits) {
        int[] rows = IntStream.range(0, examples.size()).toArray();
        try (Lanes lanes = Lanes.start(Lanes.defaultCount());
                FeatureStream stream = new FeatureStream(model.features(), lanes, FeatureUse.ANSWERS);
                DiscriminantScores scores =
                        new DiscriminantScores(model.scoring().discriminant())) {
            forEach(stream, scores, examples, rows, (row, ofClasses, at) -> {
                together(ofClasses, at, into[row]);
                int best = 0;
                for (int task = 1; task < into[row].length; task++) {
                    best = into[row][task] > into[row][best] ? task : best;
                }
                fits[row] = fit(ofClasses, at, best);
            });
        }
    }

    /** Takes scores of an example. */
    interface Scored {
        /**
         * @param row position among the rows
         * @param ofClasses holds the scores of the classes
         * @param at position of the first
         */
        void take(int row, double[] ofClasses, int at);
    }

    void forEach(FeatureStream stream, DiscriminantScores scores, Examples examples, int[] rows, Scored taken) {
        int components = model.scoring().discriminant().components();
        stream.forEach(examples, rows, (chunk, first, count) -> {
            double[] ofClasses = scores.of(chunk, count);
            for (int e = 0; e < count; e++) {
                taken.take(first + e, ofClasses, e * components);
            }
        });
    }

    /** How well an example fits a task, at most 0. */
    double fit(double[] ofClasses, int at, int task) {
        return spread.fit(ofClasses, at, starts.get(task), Math.min(components(), starts.get(task + 1)));
    }

    private int components() {
        return model.scoring().discriminant().components();
    }

    /** Of each task, the logarithm of what its classes are together. */
    void together(double[] ofClasses, int at, double[] ofTasks) {
        for (int task = 0; task < ofTasks.length; task++) {
            ofTasks[task] = together(ofClasses, at, starts.get(task), Math.min(components(), starts.get(task + 1)));
        }
    }

    /** The logarithm of the sum of what those are the logarithms of. */
    private static double together(double[] scores, int row, int from, int end) {
        double most = Double.NEGATIVE_INFINITY;
        for (int c = from; c < end; c++) {
            most = Math.max(most, scores[row + c]);
        }
        if (most == Double.NEGATIVE_INFINITY) {
            return most;
        }
        double sum = 0;
        for (int c = from; c < end; c++) {
            sum += Math.exp(scores[row + c] - most);
        }
        return most + Math.log(sum);
    }

    /** {@return it as it lies in a file, to be put with something else} */
    public ModelArchive.Content content() {
        return DiscriminantFile.content(model);
    }

    /**
     * {@return the same}
     *
     * @param description of {@link #content}
     * @param parameters of {@link #content}
     * @param starts by task, its first class
     * @param spread of {@link #storedSpread}
     * @param file for messages
     * @throws IOException if the description is no JSON
     * @throws IllegalArgumentException if they do not fit each other
     */
    public static TaskScores of(
            byte[] description, byte[] parameters, ImmutableIntArray starts, byte[] spread, Path file)
            throws IOException {
        DiscriminantModel model = DiscriminantFile.read(description, parameters, file);
        int components = model.scoring().discriminant().components();
        checkArgument(
                components == starts.get(starts.length() - 1) && spread.length == spreadBytes(components),
                "its discriminant has %s classes",
                components);
        return new TaskScores(model, starts, ScoreSpread.of(spread, components));
    }

    /** {@return the spread as it lies in a file} */
    public byte[] storedSpread() {
        return spread.stored();
    }

    /**
     * {@return how many bytes that has}
     *
     * @param classes of all tasks
     */
    public static long spreadBytes(int classes) {
        return ScoreSpread.bytes(classes);
    }

    /** {@return multiply-adds of scoring an example} */
    public long multiplyAdds() {
        return model.multiplyAdds();
    }
}
