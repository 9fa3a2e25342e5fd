package sluice.framework.conditional;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.io.ByteArrayDataOutput;
import com.google.common.io.ByteStreams;
import com.google.common.primitives.Ints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sluice.framework.internal.model.ModelArchive;
import sluice.framework.internal.model.ModelJson;
import sluice.framework.internal.model.ModelKind;
import sluice.framework.predict.file.StoredModel;
import sluice.tasks.csv.TableEncoding;

/**
 * The model as a zip file: {@code model.json} says what it is, {@code parameters.bin} holds big-endian floats: part by part the
 * arrays that ExitShape.sizes tells: of an affine map its weights row by row, then its biases; of gated units unit by unit; then, where exits have neurons, exit by exit their weights and bias. Equal models give equal bytes.
 */
final class ExitModelFile {
    private ExitModelFile() {}

    static void write(ExitModel model, Path file) {
        byte[] parameters = parameters(model);
        byte[] described = ModelJson.bytes(ExitModelDescription.of(model, ModelArchive.checksum(parameters)));
        ModelArchive.write(file, new ModelArchive.Content(described, parameters), Optional.empty());
    }

    static byte[] parameters(ExitModel model) {
        ByteArrayDataOutput data = ByteStreams.newDataOutput();
        for (ImmutableList<float[]> part : model.parameters()) {
            for (float[] map : part) {
                for (float value : map) {
                    data.writeFloat(value);
                }
            }
        }
        for (float[] neuron : model.confidence().neurons()) {
            for (float value : neuron) {
                data.writeFloat(value);
            }
        }
        return data.toByteArray();
    }

    static ExitModel read(Path file) {
        return ModelArchive.read(file, (model, second) -> read(model));
    }

    private static ExitModel read(StoredModel stored) throws IOException {
        ExitModelDescription description = ModelJson.read(
                stored, ModelKind.EXITS, "name the model of a run whose network has exits", ExitModelDescription.class);
        stored.checkFormat(description.format(), ExitModelDescription.FORMAT, ExitModelDescription.WITH_NEURONS);
        description.check();
        checkTable(description);
        byte[] bytes = stored.parameters(description.parameterBytes(), description.parametersSha256());
        return model(description, ByteBuffer.wrap(bytes).asFloatBuffer());
    }

    /** Throws IllegalArgumentException where rows of a table would not become what the network takes. */
    private static void checkTable(ExitModelDescription description) {
        String table = description.provenance().get(TableEncoding.KEY);
        checkArgument(
                table == null
                        || TableEncoding.parse(table).fits(description.input().features(), List.of()),
                "its table does not fit its features");
    }

    /** The model of what a file holds. */
    static ExitModel model(ExitModelDescription description, FloatBuffer numbers) {
        ExitShape shape = description.form();
        ImmutableList.Builder<ImmutableList<float[]>> parts = ImmutableList.builder();
        for (int part = 0; part < shape.exits(); part++) {
            ImmutableList.Builder<float[]> maps = ImmutableList.builder();
            for (long size : shape.sizes(part)) {
                float[] map = new float[Ints.checkedCast(size)];
                numbers.get(map);
                maps.add(map);
            }
            parts.add(maps.build());
        }
        return new ExitModel(
                shape,
                new ExitModel.Heads(
                        parts.build(), ImmutableList.copyOf(description.trusts()), confidence(description, numbers)),
                description.exitRules(),
                new ExitModel.Data(
                        description.normalisation(),
                        ImmutableList.copyOf(description.classes()),
                        ImmutableSortedMap.copyOf(description.provenance())));
    }

    /** The neurons, which come after all parts. */
    private static Confidence confidence(ExitModelDescription description, FloatBuffer numbers) {
        if (!description.hasNeurons()) {
            return Confidence.BY_MARGIN;
        }
        ImmutableList.Builder<float[]> neurons = ImmutableList.builder();
        for (int exit = 0; exit < description.form().exits() - 1; exit++) {
            float[] weights =
                    new float[Confidence.features(description.classes().size())];
            numbers.get(weights);
            neurons.add(weights);
        }
        return new Confidence(neurons.build());
    }
}
