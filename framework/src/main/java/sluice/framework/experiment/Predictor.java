package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.OptionalLong;
import sluice.framework.conditional.ExitModel;
import sluice.framework.discriminant.DiscriminantModel;
import sluice.framework.internal.model.ModelArchive;
import sluice.framework.internal.model.ModelKind;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.NetworkExits;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Printable;
import sluice.tasks.Suggestion;
import sluice.tasks.csv.TableRows;

/** A saved model that answers: with the subnetwork of one task, or without the task. */
public sealed interface Predictor extends AutoCloseable permits GatedPredictor, DiscriminantPredictor, ExitPredictor {
    /**
     * What is said of an example.
     *
     * @param predicted a class of the task, or {@code unknown}
     * @param probability of the likeliest class, in [0, 1]: of a gated network by the softmax over the task's classes, which
     *     nothing calibrates; without the task calibrated; of a network with exits by those heads that were computed
     * @param multiplyAdds that the example took; empty where all take the same
     */
    record Answer(String predicted, double probability, OptionalLong multiplyAdds) {}

    /**
     * {@return whether the model predicts without the task}
     *
     * @param run a run folder, or its model
     * @throws InputException if there is no model, or it is damaged
     */
    static boolean needsNoTask(Path run) {
        Path file = model(run);
        String kind = ModelArchive.kind(file);
        if (kind.equals(ModelKind.GENERATOR.word())) {
            ModelKind.GATED.check(kind, file, "name a model that predicts");
        }
        return !kind.isEmpty();
    }

    /**
     * {@return a predictor that need not know the task}
     *
     * @param run a run folder, or its model
     * @param budget multiply-adds that an example may take on average, if there is a bound; for networks with exits
     * @throws InputException if there is no such model, it is damaged, or the budget is not for it
     */
    static Predictor withoutTask(Path run, OptionalLong budget) {
        Path file = model(run);
        if (ModelArchive.kind(file).equals(ModelKind.EXITS.word())) {
            return ExitPredictor.within(ExitModel.load(file), budget);
        }
        if (budget.isPresent()) {
            throw noExits(run);
        }
        return new DiscriminantPredictor(DiscriminantModel.load(file));
    }

    /**
     * {@return an error to throw where a model was given a budget that nothing could keep to}
     *
     * @param run a run folder, or its model
     */
    private static InputException noExits(Path run) {
        return new InputException(
                "--budget: %s has no exits, so that every example takes the same: remove the option".formatted(run));
    }

    /**
     * {@return a predictor with the task's subnetwork; close it}
     *
     * @param run a run folder, or its model
     * @param task that the examples are of
     * @param budget multiply-adds that an example may take on average, if there is a bound; for tasks with exits
     * @throws InputException if there is no such model, it is damaged, or has not learned the task, or the budget is not for it
     */
    static Predictor ofTask(Path run, String task, OptionalLong budget) {
        GatedNetwork network = GatedNetwork.load(model(run));
        if (!network.tasks().contains(task)) {
            network.close();
            throw new InputException("%s has not learned task %s: %s"
                    .formatted(run, Printable.quoted(task), Suggestion.of(task, network.tasks())));
        }
        try {
            if (budget.isPresent() && NetworkExits.of(network, task).isEmpty()) {
                throw noExits(run);
            }
            return GatedPredictor.within(network, task, budget);
        } catch (InputException unfit) {
            network.close();
            throw unfit;
        }
    }

    /**
     * {@return the names of the tasks that it has learned}
     *
     * @param run a run folder, or its model, of a gated network
     * @throws InputException if there is no such model, or it is damaged
     */
    static ImmutableList<String> tasks(Path run) {
        try (GatedNetwork network = GatedNetwork.load(model(run))) {
            return ImmutableList.copyOf(network.tasks());
        }
    }

    private static Path model(Path named) {
        return ModelPlace.of(named, "a run whose model is kept, as it is with strategy gates");
    }

    /**
     * Reads examples as the model's data had them: images get the frame that it put around them, the cells of a table are
     * encoded as its were, and what was permuted for the task is.
     *
     * @param input images in MNIST's format (gzip or plain), or a CSV file
     * @return the examples, with what to know of them and which of them cannot be predicted
     * @throws InputException if it cannot be read or is not like the model's data
     */
    TableRows read(Path input);

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
