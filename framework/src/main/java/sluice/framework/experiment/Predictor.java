package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.common.primitives.ImmutableDoubleArray;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import sluice.evaluation.Figures;
import sluice.tasks.Examples;
import sluice.tasks.InputException;

/** A saved model that answers: with the subnetwork of one task, or without the task. */
public sealed interface Predictor extends AutoCloseable
        permits GatedPredictor,
                DiscriminantPredictor,
                ExitPredictor,
                PlainPredictor,
                ClusterPredictor,
                InferredPredictor {
    /**
     * What is said of an example.
     *
     * @param predicted a class of the task, or {@code unknown}; a number, in the target's units, where numbers are predicted
     * @param probability of the likeliest class, in [0, 1]: of a gated network by the softmax over the task's classes, which
     *     nothing calibrates; without the task calibrated; of a network with exits by those heads that were computed; NaN of a number
     * @param probabilities of all of {@link #classes}, in their order, likewise; 0 of all where no class is known
     * @param multiplyAdds that the example took; empty where all take the same
     * @param task that the example was found to be of, or {@code unknown}; empty where no task is looked for
     */
    record Answer(
            String predicted,
            double probability,
            ImmutableDoubleArray probabilities,
            OptionalLong multiplyAdds,
            Optional<String> task) {
        /**
         * Of an example whose task is not looked for.
         *
         * @param predicted as above
         * @param probability as above
         * @param probabilities as above
         * @param multiplyAdds as above
         */
        public Answer(
                String predicted, double probability, ImmutableDoubleArray probabilities, OptionalLong multiplyAdds) {
            this(predicted, probability, probabilities, multiplyAdds, Optional.empty());
        }

        /** A number: the shortest decimal that parses back to it. */
        static Answer ofNumber(double number) {
            return new Answer(Figures.exact(number), Double.NaN, ImmutableDoubleArray.of(), OptionalLong.empty());
        }
    }

    /**
     * Reads examples as the model's data had them: images get the frame that it put around them, the cells of a table are
     * encoded as its were, and what was permuted for the task is.
     *
     * @param input images in MNIST's format (gzip or plain), or a CSV file
     * @param label the column that has the labels, if one has and they are asked for
     * @return the examples, with what to know of them and which of them cannot be predicted
     * @throws InputException if it cannot be read or is not like the model's data, or has no such column
     */
    GivenExamples read(Path input, Optional<String> label);

    /** {@return what it may answer beside {@code unknown}: names of classes, or positions in each task's classes from 0} */
    ImmutableList<String> classes();

    /** {@return whether it predicts numbers, and has no classes} */
    default boolean predictsNumbers() {
        return false;
    }

    /** {@return whether those are positions} */
    default boolean answersPositions() {
        return false;
    }

    /** {@return whether what answers have for probabilities says how likely classes are, not which of them are nearer} */
    default boolean hasProbabilities() {
        return true;
    }

    /** {@return what the right answer is to an example of a class, by what the data call the class} */
    default ImmutableMap<String, String> rightAnswers() {
        return ImmutableMap.copyOf(Maps.asMap(ImmutableSet.copyOf(classes()), name -> name));
    }

    /** {@return what must be known of the examples' features, if they are not those of the data: a line each} */
    ImmutableList<String> remarks();

    /**
     * {@return an answer per row}
     *
     * @param rows raw features, in the units of the training data; labels are not looked at
     */
    ImmutableList<Answer> answers(Examples rows);

    @Override
    void close();
}
