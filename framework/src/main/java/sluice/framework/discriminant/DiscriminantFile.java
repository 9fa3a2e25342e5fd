package sluice.framework.discriminant;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.io.ByteArrayDataOutput;
import com.google.common.io.ByteStreams;
import com.google.common.primitives.Ints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sluice.framework.internal.model.ModelArchive;
import sluice.framework.internal.model.ModelJson;
import sluice.framework.internal.model.ModelKind;
import sluice.framework.network.GatedNetwork;
import sluice.framework.predict.file.StoredModel;
import sluice.framework.predict.internal.discriminant.Posterior;

/**
 * The model as a zip file: {@code model.json} says what it is, {@code parameters.bin} holds big-endian floats: the random
 * features' own (filters; or means, scales, weights and biases), then the weights of the discriminant; then, as doubles,
 * its biases. The network of {@link TaskSubnetworks} lies with it as a second model. Equal models give equal bytes.
 */
final class DiscriminantFile {
    private DiscriminantFile() {}

    static void write(DiscriminantModel model, Path file) {
        ModelArchive.write(
                file,
                content(model),
                model.subnetworks().map(subnetworks -> subnetworks.network().content()));
    }

    /** Without subnetworks. */
    static ModelArchive.Content content(DiscriminantModel model) {
        byte[] parameters = parameters(model);
        return new ModelArchive.Content(description(model, ModelArchive.checksum(parameters)), parameters);
    }

    private static byte[] description(DiscriminantModel model, String checksum) {
        RandomFeatures features = model.features();
        boolean image = features instanceof LocalFilters;
        DiscriminantDescription description = new DiscriminantDescription(
                ModelKind.DISCRIMINANT.word(),
                DiscriminantDescription.FORMAT,
                features.inputs(),
                image ? ((LocalFilters) features).image().height() : 0,
                image ? ((LocalFilters) features).image().width() : 0,
                features.groups(),
                features.count(),
                model.labels(),
                Ints.asList(model.scoring().posterior().outputOf()),
                model.scoring().scale(),
                model.threshold(),
                model.subnetworks().map(SubnetworksDescription::of).orElse(null),
                model.provenance(),
                checksum);
        return ModelJson.bytes(description);
    }

    private static byte[] parameters(DiscriminantModel model) {
        ByteArrayDataOutput data = ByteStreams.newDataOutput();
        if (model.features() instanceof LocalFilters local) {
            put(data, local.filters());
        } else if (model.features() instanceof Projections vectors) {
            put(data, vectors.means());
            put(data, vectors.scales());
            put(data, vectors.weights());
            put(data, vectors.biases());
        }
        put(data, model.scoring().discriminant().weights());
        for (double bias : model.scoring().discriminant().biases()) {
            data.writeDouble(bias);
        }
        return data.toByteArray();
    }

    private static void put(ByteArrayDataOutput data, float[] values) {
        for (float value : values) {
            data.writeFloat(value);
        }
    }

    static DiscriminantModel read(Path file) {
        return ModelArchive.read(file, DiscriminantFile::read);
    }

    private static DiscriminantModel read(StoredModel stored, Optional<StoredModel> second) throws IOException {
        DiscriminantDescription description = ModelJson.read(
                stored,
                ModelKind.DISCRIMINANT,
                "name a model that predicts without the task",
                DiscriminantDescription.class);
        stored.checkFormat(description.formatOrFirst(), DiscriminantDescription.FIRST, DiscriminantDescription.FORMAT);
        description.check();
        if (second.isPresent() != (description.subnetworks() != null)) {
            throw ModelArchive.damaged(stored.file(), "its subnetworks are missing");
        }
        byte[] parameters = stored.parameters(description.parameterBytes(), description.parametersSha256());
        Optional<TaskSubnetworks> subnetworks = second.isPresent()
                ? Optional.of(description.subnetworks().with(GatedNetwork.of(second.get())))
                : Optional.empty();
        DiscriminantModel model = model(description, ByteBuffer.wrap(parameters), subnetworks);
        // only classes have names there
        List<Integer> named = model.isOfClasses() ? model.labels() : List.of();
        checkArgument(
                model.encoding().stream().allMatch(table -> table.fits(model.inputs(), named)),
                "its table does not fit its inputs and classes");
        model.labelNames();
        model.classesOfPositions();
        return model;
    }

    /** What lies in something else, which says that it is whole. */
    static DiscriminantModel read(byte[] described, byte[] parameters, Path file) throws IOException {
        DiscriminantDescription description = ModelJson.read(described, DiscriminantDescription.class);
        description.check();
        if (description.parameterBytes() != parameters.length) {
            throw ModelArchive.damaged(file, "its discriminant has other parameters than it says");
        }
        return model(description, ByteBuffer.wrap(parameters), Optional.empty());
    }

    private static DiscriminantModel model(
            DiscriminantDescription description, ByteBuffer parameters, Optional<TaskSubnetworks> subnetworks) {
        RandomFeatures features = description.height() > 0
                ? new LocalFilters(
                        description.image(),
                        floats(parameters, description.groups() * LocalFilters.taps(description.image())))
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
                new DiscriminantModel.Scoring(
                        new Discriminant(features.count(), weights, biases),
                        new Posterior(
                                Ints.toArray(description.outputOfComponent()),
                                description.labels().size()),
                        description.scale()),
                ImmutableList.copyOf(description.labels()),
                description.threshold(),
                subnetworks,
                description.provenance());
    }

    private static float[] floats(ByteBuffer parameters, int count) {
        float[] values = new float[count];
        parameters.asFloatBuffer().get(values);
        parameters.position(parameters.position() + Float.BYTES * count);
        return values;
    }
}
