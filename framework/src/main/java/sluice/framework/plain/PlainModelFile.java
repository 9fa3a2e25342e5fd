package sluice.framework.plain;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.ByteArrayDataOutput;
import com.google.common.io.ByteStreams;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sluice.framework.internal.model.ModelArchive;
import sluice.framework.internal.model.ModelJson;
import sluice.framework.internal.model.ModelKind;
import sluice.framework.internal.state.Snapshot;
import sluice.framework.internal.state.StateMisfitException;
import sluice.framework.network.NetworkShape;
import sluice.framework.network.ShapeDescription;
import sluice.framework.predict.file.StoredModel;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;

/**
 * The model as a zip file: {@code model.json} says what it is, with a table of the arrays by their names and lengths in bytes; {@code
 * parameters.bin} holds those, big-endian, one after another. Equal models give equal bytes.
 */
final class PlainModelFile {
    /** The first of its kind, and sealed as others of that number are. */
    private static final int FORMAT = ModelArchive.SEALED;

    private static final String NETWORK = "network";
    private static final String ANSWERING = "answering";

    private PlainModelFile() {}

    static void write(PlainModel model, Path file) {
        Snapshot numbers = Snapshot.of(state -> {
            state.floats(NETWORK, model.parameters());
            model.answering().state(state.part(ANSWERING));
        });
        ByteArrayDataOutput data = ByteStreams.newDataOutput(Math.toIntExact(numbers.size()));
        numbers.entries().values().forEach(data::write);
        byte[] parameters = data.toByteArray();
        ModelArchive.write(
                file,
                new ModelArchive.Content(description(model, numbers, ModelArchive.checksum(parameters)), parameters),
                Optional.empty());
    }

    private static byte[] description(PlainModel model, Snapshot numbers, String checksum) {
        ImmutableList.Builder<PlainModelDescription.Entry> entries = ImmutableList.builder();
        numbers.entries().forEach((name, bytes) -> entries.add(new PlainModelDescription.Entry(name, bytes.length)));
        PlainModelDescription description = new PlainModelDescription(
                ModelKind.PLAIN.word(),
                FORMAT,
                model.strategy(),
                model.scenario().name(),
                model.seed(),
                ShapeDescription.of(model.shape()),
                model.normalisation().shift(),
                model.normalisation().scale(),
                described(model.tasks()),
                // no file of a model that was taught all of its tasks says it
                model.untaught().isEmpty() ? null : described(model.untaught()),
                model.answering().word(),
                entries.build(),
                model.provenance(),
                checksum);
        return ModelJson.bytes(description);
    }

    private static List<PlainModelDescription.Task> described(List<PlainModel.KnownTask> tasks) {
        return tasks.stream()
                .map(task -> new PlainModelDescription.Task(task.name(), task.classes()))
                .toList();
    }

    static PlainModel read(Path file) {
        return ModelArchive.read(file, (model, second) -> read(model));
    }

    private static PlainModel read(StoredModel stored) throws IOException {
        PlainModelDescription description = ModelJson.read(
                stored,
                ModelKind.PLAIN,
                "name the model of a strategy that trains a plain network",
                PlainModelDescription.class);
        stored.checkFormat(description.format(), FORMAT, FORMAT);
        checkArgument(description.complete(), "%s lacks something", ModelArchive.DESCRIPTION);
        ImmutableList<PlainModel.KnownTask> tasks = description.known();
        NetworkShape shape = description.shape().shape();
        Scenario scenario = Scenario.valueOf(description.scenario());
        ImmutableList<PlainModel.KnownTask> untaught = description.unknown();
        int outputs = PlainModel.outputs(scenario, tasks, untaught).count();
        BlankAnswering blank =
                new BlankAnswering(description.answering(), shape, outputs, tasks.size() + untaught.size());
        long parameters = Math.multiplyExact(Float.BYTES, blank.parameters());
        checkArgument(
                blank.takes(Math.subtractExact(description.bytes(), parameters)),
                "its arrays are not those of its network");
        ByteBuffer numbers = ByteBuffer.wrap(stored.parameters(description.bytes(), description.parametersSha256()));
        float[] network = new float[Math.toIntExact(parameters / Float.BYTES)];
        Answering answering;
        try {
            Snapshot kept = snapshot(description, numbers);
            kept.restore(state -> state.floats(NETWORK, network));
            answering = blank.restored(kept.part(ANSWERING));
        } catch (StateMisfitException other) {
            throw ModelArchive.damaged(stored.file(), other.getMessage());
        }
        PlainModel model = new PlainModel(
                description.strategy(),
                scenario,
                description.seed(),
                shape,
                new Normalisation(description.shift(), description.scale()),
                tasks,
                untaught,
                network,
                answering,
                ImmutableMap.copyOf(description.provenance()));
        checkNames(model);
        return model;
    }

    private static Snapshot snapshot(PlainModelDescription description, ByteBuffer numbers) {
        ImmutableMap.Builder<String, byte[]> entries = ImmutableMap.builder();
        for (PlainModelDescription.Entry entry : description.entries()) {
            byte[] bytes = new byte[entry.length()];
            numbers.get(bytes);
            entries.put(entry.name(), bytes);
        }
        return new Snapshot(entries.buildOrThrow());
    }

    /** Tables and names of classes are told of in the provenance, which is read when it is needed. */
    private static void checkNames(PlainModel model) {
        for (int task = 0; task < model.tasks().size(); task++) {
            PlainModel.KnownTask known = model.tasks().get(task);
            model.encoding(task)
                    .ifPresent(table -> checkArgument(
                            table.fits(model.shape().input().features(), known.classes()),
                            "the table of task %s does not fit its inputs and classes",
                            known.name()));
            model.classNames(task);
        }
    }
}
