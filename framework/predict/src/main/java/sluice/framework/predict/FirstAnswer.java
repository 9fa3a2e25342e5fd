package sluice.framework.predict;

import java.nio.file.Path;

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
        if (model instanceof SavedNetwork network) {
            String task = arguments.length > 1 ? arguments[1] : network.tasks().get(0);
            System.out.println(
                    network.predictsNumbers(task)
                            ? Double.toString(network.numbers(task, rows)[0])
                            : network.answers(task, rows).get(0).predicted());
        } else {
            System.out.println(((SavedDiscriminant) model).answers(rows).get(0).predicted());
        }
    }
}
