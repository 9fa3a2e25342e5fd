package sluice.framework.plain;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sluice.framework.network.ClassNames;
import sluice.framework.network.NetworkShape;
import sluice.framework.network.TaskProvenance;
import sluice.tasks.Normalisation;
import sluice.tasks.OutputLayout;
import sluice.tasks.Scenario;
import sluice.tasks.TargetScale;
import sluice.tasks.csv.TableEncoding;

/**
 * A plain network that a strategy taught tasks, as it answers when the last is learned. Immutable: asked by {@link PlainAnswers}, from as
 * many threads as there are of those.
 *
 * @param strategy by its name
 * @param scenario what is known of the task at test time
 * @param seed of the training
 * @param shape what it is fed, and its hidden layers
 * @param normalisation how raw features become inputs
 * @param tasks that it has learned, in order
 * @param untaught tasks after those that the network has outputs for, and was not taught; none unless its training was ended early
 * @param parameters layer by layer, as {@link PlainNetwork#blocks} say; not copied
 * @param answering what of it serves which task
 * @param provenance where it comes from: keys about tasks as {@link TaskProvenance} has them, and others
 */
public record PlainModel(
        String strategy,
        Scenario scenario,
        long seed,
        NetworkShape shape,
        Normalisation normalisation,
        ImmutableList<KnownTask> tasks,
        ImmutableList<KnownTask> untaught,
        float[] parameters,
        Answering answering,
        ImmutableMap<String, String> provenance) {
    /**
     * A task that was learned.
     *
     * @param name what it is called
     * @param classes its labels, in the order of its outputs
     */
    public record KnownTask(String name, ImmutableList<Integer> classes) {}

    /**
     * Checks that there are tasks, and as many parameters as the network has.
     *
     * @throws IllegalArgumentException if not
     */
    public PlainModel {
        checkArgument(!tasks.isEmpty(), "a model knows a task");
        long wanted = BlankAnswering.parameters(
                shape, outputs(scenario, tasks, untaught).count());
        checkArgument(wanted == parameters.length, "there are %s parameters instead of %s", parameters.length, wanted);
    }

    /** Of a network with outputs for all these tasks. */
    static OutputLayout outputs(Scenario scenario, List<KnownTask> tasks, List<KnownTask> untaught) {
        return OutputLayout.of(
                scenario,
                Stream.concat(tasks.stream(), untaught.stream())
                        .map(KnownTask::classes)
                        .collect(ImmutableList.toImmutableList()));
    }

    /** {@return which outputs are whose} */
    public OutputLayout outputs() {
        return outputs(scenario, tasks, untaught);
    }

    /** {@return the names of its tasks, in order} */
    public ImmutableList<String> names() {
        return tasks.stream().map(KnownTask::name).collect(ImmutableList.toImmutableList());
    }

    /**
     * {@return what the data call a task's classes, in the order of its outputs}
     *
     * @param task from 0
     */
    public ImmutableList<String> classNames(int task) {
        ImmutableList<Integer> classes = tasks.get(task).classes();
        return Optional.ofNullable(
                        provenance.get(TaskProvenance.prefix(tasks.get(task).name()) + ClassNames.KEY))
                .map(names -> ClassNames.parse(names, classes.size()))
                .orElseGet(() -> classes.stream().map(Object::toString).collect(ImmutableList.toImmutableList()));
    }

    /**
     * {@return the scale of the numbers that a task predicts; empty where it tells classes apart}
     *
     * @param task from 0
     */
    public Optional<TargetScale> scale(int task) {
        return TaskProvenance.scale(provenance, tasks.get(task).name());
    }

    /**
     * {@return how rows of tables became inputs, if they did}
     *
     * @param task from 0
     */
    public Optional<TableEncoding> encoding(int task) {
        return Optional.ofNullable(
                        provenance.get(TaskProvenance.prefix(tasks.get(task).name()) + TableEncoding.KEY))
                .map(TableEncoding::parse);
    }

    /** {@return how rows of tables of any task became inputs; empty where tasks differ in that, or there were no tables} */
    public Optional<TableEncoding> encoding() {
        ImmutableSet<String> encodings = tasks.stream()
                .map(task -> provenance.getOrDefault(TaskProvenance.prefix(task.name()) + TableEncoding.KEY, ""))
                .collect(ImmutableSet.toImmutableSet());
        return encodings.size() == 1 ? encoding(0) : Optional.empty();
    }

    /**
     * {@return this model with a note}
     *
     * @param key what the note is about; replaced if there
     * @param value the note
     */
    public PlainModel annotated(String key, String value) {
        return new PlainModel(
                strategy,
                scenario,
                seed,
                shape,
                normalisation,
                tasks,
                untaught,
                parameters,
                answering,
                ImmutableMap.<String, String>builder()
                        .putAll(provenance)
                        .put(key, value)
                        .buildKeepingLast());
    }

    /**
     * Writes it; it appears whole or not at all. Equal models give equal bytes.
     *
     * @param file where to; replaced if there
     * @throws sluice.tasks.InputException if it cannot be written
     */
    public void save(Path file) {
        PlainModelFile.write(this, file);
    }

    /**
     * {@return the model}
     *
     * @param file that {@link #save} wrote
     * @throws sluice.tasks.InputException if there is no such file, it is of another kind or a newer format, or damaged
     */
    public static PlainModel load(Path file) {
        return PlainModelFile.read(file);
    }
}
