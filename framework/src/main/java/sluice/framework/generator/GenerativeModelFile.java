package sluice.framework.generator;

import com.google.common.collect.ImmutableList;
import com.google.common.io.ByteArrayDataOutput;
import com.google.common.io.ByteStreams;
import com.google.common.primitives.Ints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Optional;
import sluice.framework.internal.model.ModelArchive;
import sluice.framework.internal.model.ModelJson;
import sluice.framework.internal.model.ModelKind;
import sluice.framework.predict.file.StoredModel;

/**
 * The model as a zip file: {@code model.json} says what it is, {@code parameters.bin} holds big-endian floats: the mean image,
 * then each map's weights and biases and the learned priors, in the order of {@link GeneratorParts#parameters}. Equal models
 * give equal bytes.
 */
final class GenerativeModelFile {
    private GenerativeModelFile() {}

    static void write(GenerativeModel model, Path file) {
        byte[] parameters = parameters(model);
        GenerativeModelDescription description = GenerativeModelDescription.of(
                model.trained(), model.images(), model.provenance(), ModelArchive.checksum(parameters));
        byte[] described = ModelJson.bytes(description);
        ModelArchive.write(file, new ModelArchive.Content(described, parameters), Optional.empty());
    }

    private static byte[] parameters(GenerativeModel model) {
        ByteArrayDataOutput data = ByteStreams.newDataOutput();
        put(data, model.mean());
        model.parameters().forEach(values -> put(data, values));
        return data.toByteArray();
    }

    private static void put(ByteArrayDataOutput data, float[] values) {
        for (float value : values) {
            data.writeFloat(value);
        }
    }

    static GenerativeModel read(Path file) {
        return ModelArchive.read(file, (model, second) -> read(model));
    }

    private static GenerativeModel read(StoredModel stored) throws IOException {
        GenerativeModelDescription description = ModelJson.read(
                stored,
                ModelKind.GENERATOR,
                "and cannot generate: name the model of a run whose script has a generator",
                GenerativeModelDescription.class);
        stored.checkFormat(description.format(), GenerativeModelDescription.FORMAT, GenerativeModelDescription.FORMAT);
        description.check();
        byte[] parameters = stored.parameters(description.parameterBytes(), description.parametersSha256());
        return model(description, ByteBuffer.wrap(parameters).asFloatBuffer());
    }

    private static GenerativeModel model(GenerativeModelDescription description, FloatBuffer numbers) {
        GeneratorShape shape = description.shape();
        float[] mean = floats(numbers, TrainedGenerator.features(shape));
        ImmutableList.Builder<float[]> parameters = ImmutableList.builder();
        for (long size : GenerativeModelDescription.sizes(shape)) {
            parameters.add(floats(numbers, size));
        }
        return new GenerativeModel(
                new TrainedGenerator(shape, parameters.build(), mean, description.slope()),
                description.images(),
                description.provenance());
    }

    private static float[] floats(FloatBuffer numbers, long count) {
        float[] values = new float[Ints.checkedCast(count)];
        numbers.get(values);
        return values;
    }
}
