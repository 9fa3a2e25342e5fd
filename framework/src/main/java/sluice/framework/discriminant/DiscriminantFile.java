package sluice.framework.discriminant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.Ints;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import sluice.framework.WholeFile;
import sluice.tasks.InputException;
import sluice.tasks.Shape;

/**
 * The model as a zip file: {@code model.json} says what it is, {@code parameters.bin} holds big-endian floats: the random
 * features' own (filters; or means, scales, weights and biases), then the weights of the discriminant; then, as doubles,
 * its biases. Equal models give equal bytes.
 */
final class DiscriminantFile {
    private static final String KIND = "discriminant";
    private static final String DESCRIPTION = "model.json";
    private static final String PARAMETERS = "parameters.bin";
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private DiscriminantFile() {}

    /** Height and width are 0 where inputs are no images. */
    record Description(
            String kind,
            int inputs,
            int height,
            int width,
            int groups,
            int features,
            List<Integer> labels,
            List<Integer> outputOfComponent,
            double scale,
            double threshold,
            Map<String, String> provenance,
            String parametersSha256) {
        boolean complete() {
            return KIND.equals(kind)
                    && inputs > 0
                    && features > 0
                    && groups > 0
                    && labels != null
                    && outputOfComponent != null
                    && provenance != null
                    && parametersSha256 != null;
        }
    }

    static void write(DiscriminantModel model, Path file) {
        WholeFile.write(file, out -> writeTo(model, out));
    }

    private static void writeTo(DiscriminantModel model, OutputStream out) throws IOException {
        byte[] parameters = parameters(model);
        RandomFeatures features = model.features();
        boolean image = features instanceof LocalFilters;
        Description description = new Description(
                KIND,
                features.inputs(),
                image ? ((LocalFilters) features).image().height() : 0,
                image ? ((LocalFilters) features).image().width() : 0,
                features.groups(),
                features.count(),
                model.labels(),
                model.posterior().outputOf().asList(),
                model.scale(),
                model.threshold(),
                model.provenance(),
                Hashing.sha256().hashBytes(parameters).toString());
        ZipOutputStream zip = new ZipOutputStream(out);
        put(zip, DESCRIPTION, JSON.writeValueAsBytes(description));
        put(zip, PARAMETERS, parameters);
        zip.finish();
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(bytes);
    }

    private static byte[] parameters(DiscriminantModel model) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(bytes);
        if (model.features() instanceof LocalFilters local) {
            put(data, local.filters());
        } else if (model.features() instanceof Projections vectors) {
            put(data, vectors.means());
            put(data, vectors.scales());
            put(data, vectors.weights());
            put(data, vectors.biases());
        }
        put(data, model.discriminant().weights());
        for (double bias : model.discriminant().biases()) {
            data.writeDouble(bias);
        }
        return bytes.toByteArray();
    }

    private static void put(DataOutputStream data, float[] values) throws IOException {
        for (float value : values) {
            data.writeFloat(value);
        }
    }

    static DiscriminantModel read(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Description description = JSON.readValue(entry(zip, DESCRIPTION, file), Description.class);
            if (description == null || !description.complete()) {
                throw damaged(file, DESCRIPTION + " describes no model that predicts without the task");
            }
            ByteBuffer parameters = ByteBuffer.wrap(entry(zip, PARAMETERS, file));
            if (!Hashing.sha256().hashBytes(parameters.array()).toString().equals(description.parametersSha256())) {
                throw damaged(file, "its parameters do not match their checksum");
            }
            return model(description, parameters);
        } catch (NoSuchFileException absent) {
            throw new InputException("no model at %s: name the model file of a finished run".formatted(file), absent);
        } catch (ZipException
                | EOFException
                | JsonProcessingException
                | BufferUnderflowException
                | IllegalArgumentException broken) {
            throw damaged(file, String.valueOf(broken.getMessage()));
        } catch (IOException unreadable) {
            throw new InputException("cannot read model %s: %s".formatted(file, unreadable.getMessage()), unreadable);
        }
    }

    private static DiscriminantModel model(Description description, ByteBuffer parameters) {
        RandomFeatures features = description.height() > 0
                ? new LocalFilters(
                        new Shape.Image(description.height(), description.width()),
                        floats(parameters, description.groups() * LocalFilters.TAPS))
                : new Projections(
                        floats(parameters, description.inputs()),
                        floats(parameters, description.inputs()),
                        floats(parameters, Math.multiplyExact(description.features(), description.inputs())),
                        floats(parameters, description.features()));
        int components = description.outputOfComponent().size();
        float[] weights = floats(parameters, Math.multiplyExact(components, features.count()));
        double[] biases = new double[components];
        for (int c = 0; c < components; c++) {
            biases[c] = parameters.getDouble();
        }
        return new DiscriminantModel(
                features,
                new Discriminant(features.count(), weights, biases),
                new Posterior(
                        ImmutableIntArray.copyOf(Ints.toArray(description.outputOfComponent())),
                        description.labels().size()),
                ImmutableList.copyOf(description.labels()),
                description.scale(),
                description.threshold(),
                description.provenance());
    }

    private static float[] floats(ByteBuffer parameters, int count) {
        float[] values = new float[count];
        parameters.asFloatBuffer().get(values);
        parameters.position(parameters.position() + Float.BYTES * count);
        return values;
    }

    private static InputException damaged(Path file, String why) {
        return new InputException("%s is damaged or no such model (%s): save it again".formatted(file, why));
    }

    private static byte[] entry(ZipFile zip, String name, Path file) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw damaged(file, "it has no entry " + name);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }
}
