package sluice.framework.experiment;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Longs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sluice.evaluation.DisplacedFolder;
import sluice.evaluation.Figures;
import sluice.framework.checkpoint.Checkpoint;
import sluice.framework.conditional.ExitModel;
import sluice.framework.discriminant.DiscriminantModel;
import sluice.framework.discriminant.KeptSums;
import sluice.framework.discriminant.TaughtDiscriminant;
import sluice.framework.generator.GenerativeModel;
import sluice.framework.inference.InferredModel;
import sluice.framework.internal.model.ModelArchive;
import sluice.framework.internal.model.ModelKind;
import sluice.framework.layer.LayerShape;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.NetworkExits;
import sluice.framework.network.TaskProvenance;
import sluice.framework.plain.PlainModel;
import sluice.framework.strategy.TaughtLearner;
import sluice.gating.UnitSet;
import sluice.tasks.InputException;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;
import sluice.tasks.TargetScale;

/** What a model or a checkpoint is, what it has learned, and what it can be asked and taught. */
public final class StoredFacts {
    private static final String KIND = "kind";
    private static final String INPUTS = "inputs";
    private static final String CLASSES = "classes";
    private static final String ASK = "ask";
    private static final String TEACH = "teach";
    private static final String MULTIPLY_ADDS = "multiply_adds";

    private static final String TAUGHT_MORE = "sluice run SCRIPT --from FILE, more tasks of %d inputs";
    private static final String MORE_TASKS =
            "sluice run SCRIPT --from RUN, tasks of new classes; with --more, examples of known ones";

    private StoredFacts() {}

    /**
     * {@return facts by file, each fact by its name: texts, numbers, lists, or maps of those}
     *
     * @param named a run folder, or a model or checkpoint
     * @throws InputException if there is neither, or it is damaged
     */
    public static Map<Path, Map<String, Object>> of(Path named) {
        Path place = DisplacedFolder.present(named);
        if (Files.isRegularFile(place)) {
            return Map.of(place, Checkpoint.isIn(place) ? ofState(place) : ofModel(place));
        }
        if (!Files.isDirectory(place)) {
            throw new InputException("%s does not exist: name a run folder, a model or a checkpoint".formatted(named));
        }
        Map<Path, Map<String, Object>> facts = new LinkedHashMap<>();
        Path model = place.resolve(RunFiles.MODEL);
        if (Files.exists(model)) {
            facts.put(model, ofModel(model));
        }
        Stream.concat(Stream.of(RunFiles.SUMS, RunFiles.LEARNER), StoredCheckpoints.NAMES.stream())
                .map(place::resolve)
                .filter(Files::exists)
                .forEach(file -> facts.put(file, ofState(file)));
        if (facts.isEmpty()) {
            throw new InputException(
                    "%s holds neither model nor checkpoint: name a run with strategy gates or random-feature-lda, with exits or of a generator, or one that was interrupted"
                            .formatted(named));
        }
        return facts;
    }

    private static Map<String, Object> ofState(Path file) {
        if (KeptSums.areIn(file)) {
            return ofSums(file);
        }
        return TaughtLearner.isIn(file) ? ofLearner(file) : ofCheckpoint(file);
    }

    private static Map<String, Object> ofLearner(Path file) {
        TaughtLearner taught = TaughtLearner.load(file);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put(KIND, "what strategy %s remembers, for runs that go on with it".formatted(taught.strategy()));
        facts.put("scenario", Ascii.toLowerCase(taught.scenario().name()));
        facts.put("seed", taught.seed());
        facts.put("tasks", taught.taskNames());
        facts.put(CLASSES, taught.classNames());
        facts.put("bytes", size(file));
        facts.put(TEACH, TAUGHT_MORE.formatted(taught.inputs()));
        return facts;
    }

    private static Map<String, Object> ofSums(Path file) {
        TaughtDiscriminant taught = KeptSums.load(file).taught();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put(KIND, "sums of a discriminant, for runs that go on with it");
        facts.put("scenario", Ascii.toLowerCase(taught.scenario().name()));
        facts.put("tasks", taught.taskNames());
        facts.put(CLASSES, taught.classNames());
        facts.put("bytes", size(file));
        facts.put(TEACH, MORE_TASKS);
        return facts;
    }

    private static Map<String, Object> ofCheckpoint(Path file) {
        Checkpoint checkpoint = Checkpoint.load(file);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put(KIND, "checkpoint of a run that was interrupted");
        facts.put("place", checkpoint.place());
        checkpoint.notes().forEach((key, note) -> {
            if (key.equals(StoredCheckpoints.IDENTITY)) {
                facts.putAll(ofIdentity(note));
            } else {
                facts.put(key, Optional.<Object>ofNullable(Longs.tryParse(note)).orElse(note));
            }
        });
        facts.put("bytes", size(file));
        facts.put(TEACH, "the command that began the run goes on with it");
        return facts;
    }

    private static Map<String, Object> ofIdentity(String note) {
        try {
            RunIdentity identity = RunIdentity.noted(note);
            return Map.of(
                    "seed",
                    identity.seed(),
                    "settings",
                    OneLineJson.of(identity.settings().values()));
        } catch (IOException another) {
            return Map.of();
        }
    }

    private static Map<String, Object> ofModel(Path file) {
        String kind = ModelArchive.kind(file);
        Map<String, Object> facts = Stream.of(ModelKind.values())
                .filter(each -> each.word().equals(kind))
                .findFirst()
                .map(each -> switch (each) {
                    case GATED -> ofGated(file);
                    case DISCRIMINANT -> ofDiscriminant(file);
                    case EXITS -> ofExits(file);
                    case INFERRED -> ofInferred(file);
                    case PLAIN -> ofPlain(file);
                    case GENERATOR -> ofGenerator(file);
                })
                .orElseThrow(() -> new InputException(
                        "%s is a model of an unknown kind: use the version of Sluice that wrote it".formatted(file)));
        facts.put("bytes", size(file));
        return facts;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException unreadable) {
            throw new InputException("%s cannot be read: look whether it is there".formatted(file), unreadable);
        }
    }

    private static Map<String, Object> ofGated(Path file) {
        try (GatedNetwork network = GatedNetwork.load(file)) {
            return ofNetwork(network);
        }
    }

    private static Map<String, Object> ofNetwork(GatedNetwork network) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put(KIND, "gated network, a subnetwork per task");
        facts.put(INPUTS, network.inputs());
        facts.put("normalisation", words(network.normalisation()));
        facts.put("seed", network.seed());
        facts.put("hidden", network.hidden());
        facts.put("hidden_at_first", network.created());
        facts.put(
                "free_units",
                IntStream.range(0, network.hidden().size())
                        .mapToObj(network.consolidated()::free)
                        .collect(ImmutableList.toImmutableList()));
        Map<String, Object> tasks = new LinkedHashMap<>();
        network.tasks().forEach(task -> tasks.put(task, ofTask(network, task)));
        facts.put("tasks", tasks);
        facts.putAll(network.provenance());
        facts.put(ASK, "sluice predict --model FILE --task NAME --input FILE --out FILE");
        facts.put(TEACH, TAUGHT_MORE.formatted(network.inputs()));
        return facts;
    }

    private static Map<String, Object> ofInferred(Path file) {
        try (InferredModel model = InferredModel.load(file)) {
            Map<String, Object> facts = ofNetwork(model.network());
            facts.put(KIND, "gated network, a subnetwork per task, which finds the task of an example itself");
            facts.put("task_found_by", Ascii.toLowerCase(model.choice().name()));
            facts.put("threshold", model.threshold());
            facts.put(ASK, "sluice predict --model FILE --input FILE --out FILE");
            facts.remove(TEACH);
            return facts;
        }
    }

    private static Map<String, Object> ofNumbers(TargetScale scale) {
        return Map.of(
                "predicts",
                "a number, learned with mean %s and deviation %s"
                        .formatted(Figures.fiveDigits(scale.mean()), Figures.fiveDigits(scale.deviation())));
    }

    private static Map<String, Object> ofTask(GatedNetwork network, String task) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.putAll(TaskProvenance.scale(network.provenance(), task)
                .map(StoredFacts::ofNumbers)
                .orElseGet(() -> Map.of(CLASSES, network.classNames(task))));
        facts.put(
                "open_units",
                network.subnetwork(task).layers().stream().map(UnitSet::size).toList());
        facts.put(MULTIPLY_ADDS, network.multiplyAdds(task));
        NetworkExits.of(network, task)
                .ifPresent(exits ->
                        facts.put("exits", exits.exits().model().shape().exits() + " before it"));
        return facts;
    }

    private static Map<String, Object> ofDiscriminant(Path file) {
        try (DiscriminantModel model = DiscriminantModel.load(file)) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put(KIND, "discriminant over random features, without the task");
            facts.put(INPUTS, model.inputs());
            facts.put(CLASSES, model.labelNames());
            facts.put("threshold", model.threshold());
            facts.put(MULTIPLY_ADDS, model.multiplyAdds());
            facts.putAll(model.provenance());
            facts.put(ASK, "sluice predict --model FILE --input FILE --out FILE");
            facts.put(
                    TEACH,
                    Files.exists(file.resolveSibling(RunFiles.SUMS))
                            ? MORE_TASKS
                            : "nothing more, as its run kept no sums (inference: {sums: keep})");
            return facts;
        }
    }

    private static Map<String, Object> ofExits(Path file) {
        ExitModel model = ExitModel.load(file);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put(KIND, "network with exits, of one task");
        facts.put(INPUTS, model.shape().features());
        facts.put(CLASSES, model.classNames());
        facts.put(
                MULTIPLY_ADDS,
                IntStream.range(0, model.shape().exits())
                        .mapToObj(model.shape()::multiplyAdds)
                        .collect(ImmutableList.toImmutableList()));
        facts.put("exits_by", model.hasNeurons() ? "neurons" : "margins");
        facts.putAll(model.provenance());
        facts.put(ASK, "sluice predict --model FILE --input FILE --out FILE --budget N");
        facts.put(TEACH, "nothing more");
        return facts;
    }

    private static Map<String, Object> ofPlain(Path file) {
        PlainModel model = PlainModel.load(file);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put(KIND, "plain network, taught by strategy " + model.strategy());
        facts.put("scenario", Ascii.toLowerCase(model.scenario().name()));
        facts.put(INPUTS, model.shape().input().features());
        facts.put("normalisation", words(model.normalisation()));
        facts.put("seed", model.seed());
        facts.put(
                "hidden", model.shape().layers().stream().map(LayerShape::units).toList());
        Map<String, Object> tasks = new LinkedHashMap<>();
        for (int task = 0; task < model.tasks().size(); task++) {
            List<String> classes = model.classNames(task);
            tasks.put(
                    model.names().get(task),
                    model.scale(task).map(StoredFacts::ofNumbers).orElseGet(() -> Map.of(CLASSES, classes)));
        }
        facts.put("tasks", tasks);
        facts.putAll(model.provenance());
        facts.put(
                ASK,
                "sluice predict --model FILE %s--input FILE --out FILE"
                        .formatted(model.scenario() == Scenario.TASK ? "--task NAME " : ""));
        facts.put(
                TEACH,
                Files.exists(file.resolveSibling(RunFiles.LEARNER))
                        ? TAUGHT_MORE.formatted(model.shape().input().features())
                        : "nothing more, as its run kept no %s beside it".formatted(RunFiles.LEARNER));
        return facts;
    }

    private static String words(Normalisation normalisation) {
        return "(x - %s) * %s".formatted(normalisation.shift(), normalisation.scale());
    }

    private static Map<String, Object> ofGenerator(Path file) {
        GenerativeModel model = GenerativeModel.load(file);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put(KIND, "network that generates");
        facts.put(INPUTS, model.shape().given());
        facts.put("generates", model.shape().generated());
        facts.put(
                "latents",
                model.shape().latents().stream().map(Object::toString).toList());
        facts.put(CLASSES, model.images().classes());
        facts.putAll(model.provenance());
        facts.put(ASK, "sluice generate --model FILE --count N --out FILE");
        facts.put(TEACH, "nothing more");
        return facts;
    }
}
