package sluice.framework.discriminant;

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
 */
public record TaskScores(DiscriminantModel model, ImmutableIntArray starts) {
    static TaskScores of(RandomFeatures features, Discriminant discriminant, int[] starts) {
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
                ImmutableIntArray.copyOf(starts));
    }

    /**
     * Scores examples, the bits of each of which depend on it and the model alone.
     *
     * @param examples raw features
     * @param into by example and task, overwritten: the logarithm of what the classes of the task are together
     */
    public void score(Examples examples, double[][] into) {
        int[] rows = IntStream.range(0, examples.size()).toArray();
        try (Lanes lanes = Lanes.start(Lanes.defaultCount());
                FeatureStream stream = new FeatureStream(model.features(), lanes, FeatureUse.ANSWERS);
                DiscriminantScores scores =
                        new DiscriminantScores(model.scoring().discriminant())) {
            score(stream, scores, examples, rows, into);
        }
    }

    void score(FeatureStream stream, DiscriminantScores scores, Examples examples, int[] rows, double[][] into) {
        int components = model.scoring().discriminant().components();
        stream.forEach(examples, rows, (chunk, first, count) -> {
            double[] ofClasses = scores.of(chunk, count);
            for (int e = 0; e < count; e++) {
                double[] ofTasks = into[first + e];
                for (int task = 0; task < ofTasks.length; task++) {
                    ofTasks[task] = together(
                            ofClasses, e * components, starts.get(task), Math.min(components, starts.get(task + 1)));
                }
            }
        });
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
     * @param file for messages
     * @throws IOException if the description is no JSON
     * @throws IllegalArgumentException if they do not fit each other
     */
    public static TaskScores of(byte[] description, byte[] parameters, ImmutableIntArray starts, Path file)
            throws IOException {
        return new TaskScores(DiscriminantFile.read(description, parameters, file), starts);
    }

    /** {@return multiply-adds of scoring an example} */
    public long multiplyAdds() {
        return model.multiplyAdds();
    }
}
