package sluice.framework.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import sluice.framework.ContinualTrainer;
import sluice.framework.conditional.ExitModel;
import sluice.framework.discriminant.DiscriminantModel;
import sluice.framework.inference.InferredModel;
import sluice.framework.internal.model.ModelArchive;
import sluice.framework.internal.model.ModelKind;
import sluice.framework.network.GatedNetwork;
import sluice.framework.plain.PlainModel;
import sluice.framework.strategy.RandomFeatureLda;
import sluice.tasks.InputException;
import sluice.tasks.Scenario;
import sluice.tasks.csv.KnownEncodings;
import sluice.tasks.csv.TableEncoding;

/**
 * A saved model of any kind that answers, to be asked task by task.
 *
 * @param strategy that taught it
 * @param seed of its run
 * @param inputs features of an example
 * @param tasks that it has learned, in order; none where it does not know tasks by their names
 * @param encodings how tables became its inputs
 * @param provenance where it comes from
 * @param asking what answers for a task
 */
record AskedModel(
        String strategy,
        long seed,
        int inputs,
        ImmutableList<String> tasks,
        KnownEncodings encodings,
        Map<String, String> provenance,
        Function<String, Predictor> asking) {
    /**
     * {@return the model}
     *
     * @param file of it
     * @throws InputException if there is none that answers, or it is damaged
     */
    static AskedModel of(Path file) {
        String kind = ModelArchive.kind(file);
        if (kind.equals(ModelKind.PLAIN.word())) {
            return of(PlainModel.load(file));
        }
        if (kind.equals(ModelKind.DISCRIMINANT.word())) {
            return of(DiscriminantModel.load(file));
        }
        if (kind.equals(ModelKind.INFERRED.word())) {
            InferredModel model = InferredModel.load(file);
            return of(model.network(), task -> new InferredPredictor(model));
        }
        if (kind.equals(ModelKind.EXITS.word())) {
            return of(ExitModel.load(file));
        }
        ModelKind.GATED.check(kind, file, "name a model that predicts");
        GatedNetwork network = GatedNetwork.load(file);
        return of(network, task -> GatedPredictor.within(network, task, OptionalLong.empty()));
    }

    private static AskedModel of(GatedNetwork network, Function<String, Predictor> asking) {
        return new AskedModel(
                ContinualTrainer.STRATEGY,
                network.seed(),
                network.inputs(),
                ImmutableList.copyOf(network.tasks()),
                encodings(network.tasks(), network::encoding),
                network.provenance(),
                asking);
    }

    private static AskedModel of(PlainModel model) {
        boolean told = model.scenario() == Scenario.TASK;
        return new AskedModel(
                model.strategy(),
                model.seed(),
                model.shape().input().features(),
                model.names(),
                encodings(model.names(), task -> model.encoding(model.names().indexOf(task))),
                model.provenance(),
                task -> new PlainPredictor(
                        model, told ? OptionalInt.of(model.names().indexOf(task)) : OptionalInt.empty()));
    }

    private static AskedModel of(DiscriminantModel model) {
        return new AskedModel(
                RandomFeatureLda.NAME,
                seed(model.provenance()),
                model.inputs(),
                ImmutableList.of(),
                model.encoding().map(KnownEncodings::one).orElse(KnownEncodings.NONE),
                model.provenance(),
                task -> new DiscriminantPredictor(model));
    }

    private static AskedModel of(ExitModel model) {
        Optional<TableEncoding> encoding =
                Optional.ofNullable(model.provenance().get(TableEncoding.KEY)).map(TableEncoding::parse);
        return new AskedModel(
                "exits",
                seed(model.provenance()),
                model.shape().features(),
                ImmutableList.of(),
                encoding.map(KnownEncodings::one).orElse(KnownEncodings.NONE),
                model.provenance(),
                task -> ExitPredictor.within(model, OptionalLong.empty()));
    }

    private static long seed(Map<String, String> provenance) {
        return ModelInputs.settings(provenance).path("seed").asLong();
    }

    private static KnownEncodings encodings(List<String> tasks, Function<String, Optional<TableEncoding>> encoding) {
        ImmutableMap.Builder<String, TableEncoding> encodings = ImmutableMap.builder();
        tasks.forEach(task -> encoding.apply(task).ifPresent(table -> encodings.put(task, table)));
        return new KnownEncodings(encodings.buildOrThrow());
    }

    /** What the settings of its run say of permuted features: how many tasks, by which seed; 0 tasks where none were. */
    int permutedTasks() {
        return settings().at("/split/permuted").asInt();
    }

    private JsonNode settings() {
        return ModelInputs.settings(provenance);
    }
}
