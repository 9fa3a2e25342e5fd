package sluice.framework;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.google.common.hash.Hashing;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import sluice.gating.Subnetwork;
import sluice.tasks.InputException;
import sluice.tasks.Normalisation;

/**
 * The model as a zip file: {@code model.json} says what it is (format, shapes, seed, normalisation, tasks with their
 * classes, counts of units and digests), {@code parameters.bin} holds big-endian numbers: per hidden layer weights and
 * biases (floats), then per task its open units per layer (bits) and its head's weights over them and biases (floats).
 * Equal networks give equal bytes. {@link FirstModelFormat} is read too.
 */
final class ModelFile {
    private static final int FORMAT = 2;
    private static final String DESCRIPTION = "model.json";
    private static final String PARAMETERS = "parameters.bin";
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private ModelFile() {}

    record TaskDescription(
            String name, List<Integer> classes, List<ModelTasks.LayerDescription> layers, String digest) {
        boolean complete(int format, List<Integer> hidden) {
            return name != null
                    && classes != null
                    && !classes.isEmpty()
                    && classes.stream().allMatch(Objects::nonNull)
                    && (format == FirstModelFormat.FORMAT || ModelTasks.complete(layers, hidden))
                    && digest != null;
        }
    }

    record Description(
            int format,
            int inputs,
            List<Integer> hidden,
            long seed,
            float shift,
            float scale,
            List<TaskDescription> tasks,
            List<Integer> created,
            Integer learned,
            Map<String, String> provenance,
            String parametersSha256) {
        boolean complete() {
            return inputs > 0
                    && hidden != null
                    && !hidden.isEmpty()
                    && hidden.stream().allMatch(units -> units != null && units > 0)
                    && tasks != null
                    && tasks.stream().allMatch(task -> task != null && task.complete(format, hidden))
                    && (created == null || fits(created, hidden))
                    && (learned == null || learned >= tasks.size())
                    && provenance != null
                    && parametersSha256 != null;
        }
    }

    /** Whether a network of some widths may have been created with others. */
    private static boolean fits(List<Integer> created, List<Integer> hidden) {
        return created.size() == hidden.size()
                && IntStream.range(0, hidden.size())
                        .allMatch(l -> created.get(l) != null && created.get(l) > 0 && created.get(l) <= hidden.get(l));
    }

    static void write(GatedNetwork network, Path file) {
        WholeFile.write(file, out -> writeTo(network, out));
    }

    private static void writeTo(GatedNetwork network, OutputStream out) throws IOException {
        List<TaskDescription> tasks = network.tasks().stream()
                .map(name -> new TaskDescription(
                        name,
                        network.classes(name),
                        ModelTasks.describe(network, name),
                        Retention.digest(network, name)))
                .toList();
        byte[] parameters = parameters(network);
        Description description = new Description(
                FORMAT,
                network.inputs(),
                network.hidden(),
                network.seed(),
                network.normalisation().shift(),
                network.normalisation().scale(),
                tasks,
                network.created(),
                network.learned(),
                network.provenance(),
                Hashing.sha256().hashBytes(parameters).toString());
        ZipOutputStream zip = new ZipOutputStream(out);
        putEntry(zip, DESCRIPTION);
        zip.write(JSON.writeValueAsBytes(description));
        putEntry(zip, PARAMETERS);
        zip.write(parameters);
        zip.finish();
    }

    private static byte[] parameters(GatedNetwork network) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(bytes);
        for (DenseLayer layer : network.layers()) {
            writeLayer(data, layer);
        }
        for (String name : network.tasks()) {
            ModelTasks.write(data, network, name);
        }
        return bytes.toByteArray();
    }

    private static void putEntry(ZipOutputStream zip, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
    }

    static void writeLayer(DataOutputStream data, DenseLayer layer) throws IOException {
        for (float weight : layer.weights()) {
            data.writeFloat(weight);
        }
        for (float bias : layer.biases()) {
            data.writeFloat(bias);
        }
    }

    static GatedNetwork read(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Description description = JSON.readValue(entry(zip, DESCRIPTION, file), Description.class);
            if (description == null) {
                throw damaged(file, DESCRIPTION + " lacks something");
            }
            if (description.format() != FORMAT && description.format() != FirstModelFormat.FORMAT) {
                throw new InputException("%s has model format %d, this version of Sluice reads %d and %d"
                        .formatted(file, description.format(), FirstModelFormat.FORMAT, FORMAT));
            }
            if (!description.complete()) {
                throw damaged(file, DESCRIPTION + " lacks something");
            }
            ByteBuffer parameters = ByteBuffer.wrap(entry(zip, PARAMETERS, file));
            if (parameters.remaining() != parameterBytes(description)) {
                throw damaged(
                        file,
                        "it holds %d bytes of parameters instead of %d"
                                .formatted(parameters.remaining(), parameterBytes(description)));
            }
            if (!Hashing.sha256().hashBytes(parameters.array()).toString().equals(description.parametersSha256())) {
                throw damaged(file, "its parameters do not match their checksum");
            }
            GatedNetwork network = network(description, parameters);
            checkDigests(network, description, file);
            return network;
        } catch (NoSuchFileException absent) {
            throw new InputException("no model at %s: name the model file of a finished run".formatted(file), absent);
        } catch (ZipException | EOFException | JsonProcessingException | IllegalArgumentException broken) {
            throw damaged(file, broken.getMessage());
        } catch (IOException unreadable) {
            throw new InputException("cannot read model %s: %s".formatted(file, unreadable.getMessage()), unreadable);
        }
    }

    private static InputException damaged(Path file, String why) {
        return new InputException("%s is damaged or no Sluice model (%s): save it again".formatted(file, why));
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

    private static long parameterBytes(Description description) {
        long bytes = 0;
        int below = description.inputs();
        for (int units : description.hidden()) {
            bytes += Float.BYTES * ((long) units * below + units);
            below = units;
        }
        for (TaskDescription task : description.tasks()) {
            int classes = task.classes().size();
            bytes += description.format() == FirstModelFormat.FORMAT
                    ? FirstModelFormat.bytes(description.hidden(), classes)
                    : ModelTasks.bytes(task.layers(), classes);
        }
        return bytes;
    }

    private static GatedNetwork network(Description model, ByteBuffer parameters) {
        List<DenseLayer> layers = new ArrayList<>();
        int below = model.inputs();
        for (int units : model.hidden()) {
            layers.add(readLayer(parameters, units, below));
            below = units;
        }
        Map<ConsolidatedTask, Subnetwork> tasks = new LinkedHashMap<>();
        for (TaskDescription description : model.tasks()) {
            ModelTasks.Read read = model.format() == FirstModelFormat.FORMAT
                    ? FirstModelFormat.read(parameters, description, layers)
                    : ModelTasks.read(parameters, description, model.hidden());
            tasks.put(read.task(), read.subnetwork());
        }
        return GatedNetwork.of(
                model.seed(),
                new Normalisation(model.shift(), model.scale()),
                layers,
                tasks,
                model.created() == null ? model.hidden() : model.created(),
                model.learned() == null ? tasks.size() : model.learned(),
                model.provenance());
    }

    static DenseLayer readLayer(ByteBuffer parameters, int units, int inputs) {
        float[] weights = new float[Math.multiplyExact(units, inputs)];
        float[] biases = new float[units];
        parameters.asFloatBuffer().get(weights).get(biases);
        parameters.position(parameters.position() + Float.BYTES * (weights.length + biases.length));
        return new DenseLayer(units, inputs, weights, biases);
    }

    private static void checkDigests(GatedNetwork network, Description description, Path file) {
        if (description.format() == FirstModelFormat.FORMAT) {
            return;
        }
        for (TaskDescription task : description.tasks()) {
            if (!Retention.digest(network, task.name()).equals(task.digest())) {
                throw damaged(file, "the parameters of task %s do not match their digest".formatted(task.name()));
            }
        }
    }
}
