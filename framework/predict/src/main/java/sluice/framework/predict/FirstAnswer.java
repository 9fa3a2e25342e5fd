package sluice.framework.predict;

import java.nio.file.Path;
import java.util.List;

/** A service that gives one answer, so that somebody can measure how long that takes from the start of its JVM. */
public final class FirstAnswer {
    private FirstAnswer() {}

    /**
     * Loads a model, answers one example of zeros, and prints the answer.
     *
     * @param arguments the model; a task, else the first one answers
     */
    public static void main(String[] arguments) {
        SavedModel model = ModelLoader.load(Path.of(arguments[0]));
        float[][] rows = new float[1][model.inputs()];
        List<Answer> answers;
        if (model instanceof SavedNetwork network) {
            answers = network.answers(
                    arguments.length > 1 ? arguments[1] : network.tasks().get(0), rows);
        } else {
            answers = ((SavedDiscriminant) model).answers(rows);
        }
        System.out.println(answers.get(0).predicted());
    }
}
