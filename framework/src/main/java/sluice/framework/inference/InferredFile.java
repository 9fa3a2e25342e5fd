package sluice.framework.inference;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.io.ByteArrayDataOutput;
import com.google.common.io.ByteStreams;
import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.framework.discriminant.TaskChoice;
import sluice.framework.discriminant.TaskScores;
import sluice.framework.internal.model.ModelArchive;
import sluice.framework.internal.model.ModelJson;
import sluice.framework.internal.model.ModelKind;
import sluice.framework.internal.model.Parameters;
import sluice.framework.network.GatedNetwork;
import sluice.framework.predict.file.StoredModel;

/**
 * The model as a zip file: {@code model.json} says how tasks are found, {@code parameters.bin} holds big-endian what finds them, task by
 * task: quantiles (doubles); of low rank means, precisions and directions (floats), variances and their residual (doubles); of a product first the order of features (ints) and the background (floats, a
 * double), then weights (floats) and biases by stage (doubles); of a discriminant its own
 * parameters, then how its scores lie (doubles). The network lies with it as a second model.
 */
final class InferredFile {
    /** What the network's provenance calls the scenario. */
    static final String SCENARIO = "scenario";

    private InferredFile() {}

    static void write(InferredModel model, Path file) {
        InferredModel.Finding finding = model.finding();
        Optional<ModelArchive.Content> discriminant = finding.discriminant().map(TaskScores::content);
        byte[] parameters = parameters(finding, discriminant);
        InferredDescription description = new InferredDescription(
                ModelKind.INFERRED.word(),
                InferredDescription.FORMAT,
                finding.choice().name(),
                finding.threshold(),
                finding.scale(),
                finding.quantiles().size(),
                of(finding, ProductScores.class)
                        .map(InferredDescription.Product::of)
                        .orElse(null),
                of(finding, LowRankScores.class)
                        .map(InferredDescription.LowRank::of)
                        .orElse(null),
                finding.discriminant()
                        .map(scores -> new InferredDescription.Discriminant(
                                scores.starts().asList(),
                                new String(discriminant.orElseThrow().description(), StandardCharsets.UTF_8),
                                (int) discriminant.orElseThrow().parameters().bytes()))
                        .orElse(null),
                ModelArchive.checksum(parameters));
        ModelArchive.write(
                file,
                new ModelArchive.Content(ModelJson.bytes(description), parameters),
                Optional.of(model.network().content()));
    }

    private static <T extends SolvedDensity> Optional<T> of(InferredModel.Finding finding, Class<T> form) {
        return finding.densities().filter(form::isInstance).map(form::cast);
    }

    private static byte[] parameters(InferredModel.Finding finding, Optional<ModelArchive.Content> discriminant) {
        ByteArrayDataOutput data = ByteStreams.newDataOutput();
        finding.quantiles().forEach(ofTask -> Arrays.stream(ofTask).forEach(data::writeDouble));
        of(finding, LowRankScores.class)
                .ifPresent(densities -> densities.tasks().forEach(task -> write(task, data)));
        of(finding, ProductScores.class).ifPresent(product -> {
            Arrays.stream(product.order()).forEach(data::writeInt);
            for (float weight : product.background().weights()) {
                data.writeFloat(weight);
            }
            data.writeDouble(product.background().constant());
            for (int task = 0; task < product.raced().tasks(); task++) {
                for (float weight : product.raced().weights(task)) {
                    data.writeFloat(weight);
                }
                Arrays.stream(product.raced().biases(task)).forEach(data::writeDouble);
            }
        });
        discriminant.ifPresent(
                content -> data.write(Parameters.array(content.parameters().written())));
        finding.discriminant().ifPresent(scores -> data.write(scores.storedSpread()));
        return data.toByteArray();
    }

    private static void write(LowRankScores.Factors task, ByteArrayDataOutput data) {
        for (float[] values : List.of(task.mean(), task.precision(), task.directions())) {
            for (float value : values) {
                data.writeFloat(value);
            }
        }
        Arrays.stream(task.variances()).forEach(data::writeDouble);
        data.writeDouble(task.residual());
    }

    static InferredModel read(Path file) {
        return ModelArchive.read(file, InferredFile::read);
    }

    private static InferredModel read(StoredModel stored, Optional<StoredModel> second) throws IOException {
        InferredDescription description = ModelJson.read(
                stored, ModelKind.INFERRED, "name a model that finds the task itself", InferredDescription.class);
        stored.checkFormat(description.format(), InferredDescription.FORMAT, InferredDescription.FORMAT);
        description.check();
        if (second.isEmpty()) {
            throw ModelArchive.damaged(stored.file(), "its network is missing");
        }
        byte[] parameters = stored.parameters(description.parameterBytes(), description.parametersSha256());
        GatedNetwork network = GatedNetwork.of(second.get());
        checkArgument(
                description.tasks() == 0
                        || description.tasks() == network.tasks().size(),
                "it finds %s tasks, its network knows %s",
                description.tasks(),
                network.tasks().size());
        checkArgument(!network.tasks().isEmpty(), "its network knows no task");
        return new InferredModel(network, finding(description, parameters, network, stored.file()));
    }

    private static InferredModel.Finding finding(
            InferredDescription description, byte[] parameters, GatedNetwork network, Path file) throws IOException {
        ByteBuffer data = ByteBuffer.wrap(parameters);
        List<double[]> quantiles = new ArrayList<>();
        for (int task = 0; task < description.tasks(); task++) {
            quantiles.add(doubles(data, HeldOutScores.QUANTILES));
        }
        Optional<SolvedDensity> densities = Optional.empty();
        if (description.product() != null) {
            checkFeatures(description.product().features(), network);
            densities = Optional.of(product(description, data));
        }
        if (description.lowRank() != null) {
            checkFeatures(description.lowRank().features(), network);
            densities = Optional.of(lowRank(description.lowRank(), data));
        }
        Optional<TaskScores> discriminant = Optional.empty();
        if (description.discriminant() != null) {
            byte[] rest = new byte[(int) description.discriminant().bytes()];
            data.get(rest);
            byte[] spread = new byte[data.remaining()];
            data.get(spread);
            discriminant = Optional.of(TaskScores.of(
                    description.discriminant().described().getBytes(StandardCharsets.UTF_8),
                    rest,
                    ImmutableIntArray.copyOf(description.discriminant().starts()),
                    spread,
                    file));
            checkArgument(
                    discriminant.get().model().inputs() == network.inputs(),
                    "its discriminant and its network have other inputs");
        }
        return new InferredModel.Finding(
                TaskChoice.valueOf(description.choice()),
                description.threshold(),
                description.scale(),
                quantiles,
                densities,
                discriminant);
    }

    private static void checkFeatures(int features, GatedNetwork network) {
        checkArgument(
                features == network.inputs(), "it looks at %s features, its network at %s", features, network.inputs());
    }

    private static LowRankScores lowRank(InferredDescription.LowRank of, ByteBuffer data) {
        ImmutableList.Builder<LowRankScores.Factors> tasks = ImmutableList.builder();
        for (int rank : of.ranks()) {
            tasks.add(new LowRankScores.Factors(
                    floats(data, of.features()),
                    floats(data, of.features()),
                    floats(data, of.features() * rank),
                    doubles(data, rank),
                    data.getDouble()));
        }
        return new LowRankScores(new InputScale(of.shift(), of.factor()), of.features(), tasks.build());
    }

    private static ProductScores product(InferredDescription description, ByteBuffer data) {
        InferredDescription.Product of = description.product();
        ProductForm form = ProductForm.valueOf(of.form());
        int[] order = new int[of.features()];
        Arrays.setAll(order, k -> data.getInt());
        checkArgument(
                Arrays.equals(
                        Arrays.stream(order).sorted().toArray(),
                        IntStream.range(0, order.length).toArray()),
                "its features have no order");
        int terms = of.features() * form.perFeature();
        ProductScores.Background background =
                new ProductScores.Background(floats(data, form.perFeature()), data.getDouble());
        RacedScores raced = new RacedScores(terms, form.perFeature());
        for (int task = 0; task < description.tasks(); task++) {
            raced.setSolved(task, floats(data, terms), doubles(data, raced.stages()));
        }
        return new ProductScores(form, new InputScale(of.shift(), of.factor()), order, raced, background);
    }

    private static float[] floats(ByteBuffer data, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = data.getFloat();
        }
        return values;
    }

    private static double[] doubles(ByteBuffer data, int count) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> data.getDouble());
        return values;
    }
}
