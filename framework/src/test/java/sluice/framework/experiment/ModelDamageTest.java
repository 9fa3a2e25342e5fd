package sluice.framework.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.framework.ContinualTrainer;
import sluice.framework.SmallTasks;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.discriminant.DiscriminantModel;
import sluice.framework.discriminant.InferenceSettings;
import sluice.framework.discriminant.TaskChoice;
import sluice.framework.gates.GateSettings;
import sluice.framework.inference.InferredModel;
import sluice.framework.inference.UntoldTrainer;
import sluice.framework.internal.model.ModelArchive;
import sluice.framework.network.GatedNetwork;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.plain.PlainModel;
import sluice.framework.result.TrainingListener;
import sluice.tasks.InputException;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/** A model file that is not what was written is refused, or answers as it did: never otherwise, and never with a stack trace. */
@Tag("slow")
class ModelDamageTest {
    private static final Path GOLDEN = Path.of("src/test/resources/sluice/framework/golden");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DESCRIPTION = "model.json";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dense",
                "grown",
                "discriminant-domain",
                "plain-unit-gates",
                "plain-nearest-means",
                "clouds-plain-4"
            })
    void everyFlippedBitIsRefused(String name) throws IOException {
        byte[] whole = Files.readAllBytes(savedAnew(name));
        Path flipped = folder.resolve("flipped.sluice");

        flip(
                whole,
                1,
                flipped,
                bit -> assertThatThrownBy(() -> answers(flipped, name))
                        .as("bit %d", bit)
                        .isInstanceOf(InputException.class)
                        .hasMessageContainingAll("flipped.sluice", ": ")
                        .hasMessageNotContainingAny("\n"));
    }

    /** Files of earlier formats have no checksum over all of their bytes, but over all that is read. */
    @ParameterizedTest
    @ValueSource(strings = {"dense", "discriminant-domain", "discriminant-subnetworks", "convolutional"})
    void aFlippedBitOfAnEarlierFormatIsRefusedOrHarmless(String name) throws IOException {
        byte[] whole = Files.readAllBytes(GOLDEN.resolve(name + ".sluice"));
        List<Predictor.Answer> right =
                answers(GOLDEN.resolve(name + ".sluice"), name).orElseThrow();
        Path flipped = folder.resolve("flipped.sluice");
        int step = Integer.getInteger("sluice.test.flips", whole.length > 4096 ? 61 : 7);

        flip(whole, step, flipped, bit -> {
            Optional<List<Predictor.Answer>> found = tried(flipped, name);
            if (found.isPresent()) {
                assertThat(found.get()).as("bit %d", bit).isEqualTo(right);
            }
        });
    }

    private interface Flipped {
        void look(int bit) throws IOException;
    }

    /** Each bit that is asked for is flipped in the file itself, looked at and turned back. */
    private static void flip(byte[] whole, int step, Path file, Flipped then) throws IOException {
        Files.write(file, whole);
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            for (int bit = 0; bit < 8 * whole.length; bit += step) {
                int place = bit / 8;
                set(open, place, whole[place] ^ (1 << (bit % 8)));
                then.look(bit);
                set(open, place, whole[place]);
            }
        }
    }

    private static void set(RandomAccessFile file, int place, int value) throws IOException {
        file.seek(place);
        file.write(value);
    }

    /** A new file each time: some file systems write a file that was cut to nothing through to the disk. */
    private static void replace(Path file, byte[] bytes) throws IOException {
        Files.deleteIfExists(file);
        Files.write(file, bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dense",
                "convolutional",
                "discriminant-domain",
                "discriminant-class",
                "discriminant-subnetworks",
                "plain-domain",
                "plain-kept-parameters",
                "plain-masked-parameters",
                "plain-nearest-means",
                "clouds-plain-4"
            })
    void whateverAHeaderSaysIsCheckedBeforeItIsBelieved(String name) throws IOException {
        Map<String, byte[]> entries = entries(GOLDEN.resolve(name + ".sluice"));
        Path changed = folder.resolve("changed.sluice");
        for (String header : entries.keySet()) {
            if (header.endsWith(DESCRIPTION)) {
                JsonNode tree = JSON.readTree(entries.get(header));
                for (Consumer<JsonNode> change : changes(tree)) {
                    JsonNode copy = tree.deepCopy();
                    change.accept(copy);
                    Map<String, byte[]> altered = new LinkedHashMap<>(entries);
                    altered.put(header, JSON.writeValueAsBytes(copy));
                    zip(altered, changed);
                    tried(changed, name);
                }
            }
        }
    }

    /** Every value of a tree in turn replaced by others, and removed. */
    private static List<Consumer<JsonNode>> changes(JsonNode tree) throws IOException {
        List<JsonNode> others = new ArrayList<>();
        JSON.readTree(
                        "[null, -1, 0, 1, 3, 65536, 2147483647, 1e300, \"x\", \"\", [], {}, [null], [0, 0], [70000], [2147483647]]")
                .forEach(others::add);
        List<Consumer<JsonNode>> changes = new ArrayList<>();
        collect(tree, "", others, changes);
        return changes;
    }

    private static void collect(JsonNode node, String place, List<JsonNode> others, List<Consumer<JsonNode>> changes) {
        node.fieldNames().forEachRemaining(name -> {
            changes.add(root -> ((ObjectNode) root.at(place)).remove(name));
            for (JsonNode other : others) {
                changes.add(root -> ((ObjectNode) root.at(place)).set(name, other));
            }
            collect(node.get(name), place + "/" + name.replace("~", "~0").replace("/", "~1"), others, changes);
        });
        for (int i = 0; node.isArray() && i < Math.min(3, node.size()); i++) {
            int index = i;
            for (JsonNode other : others) {
                changes.add(root -> ((ArrayNode) root.at(place)).set(index, other));
            }
            collect(node.get(i), place + "/" + i, others, changes);
        }
    }

    /** Of a model that finds tasks, which is new with the format whose files have a checksum: what is sealed anew is read, and checked. */
    @ParameterizedTest
    @EnumSource(
            value = TaskChoice.class,
            names = {"DENSITY", "DISCRIMINANT", "ENTROPY"})
    void whateverAModelSaysThatFindsTasksIsCheckedBeforeItIsBelieved(TaskChoice choice) throws IOException {
        Path file = folder.resolve("inferred.sluice");
        inferred(choice).save(file);
        Map<String, byte[]> entries = entries(file);
        JsonNode tree = JSON.readTree(entries.get(DESCRIPTION));
        Path changed = folder.resolve("changed.sluice");
        for (Consumer<JsonNode> change : changes(tree)) {
            JsonNode copy = tree.deepCopy();
            change.accept(copy);
            ModelArchive.write(
                    changed,
                    new ModelArchive.Content(JSON.writeValueAsBytes(copy), entries.get("parameters.bin")),
                    Optional.of(new ModelArchive.Content(
                            entries.get("subnetworks/" + DESCRIPTION), entries.get("subnetworks/parameters.bin"))));
            tried(changed, "dense");
        }
    }

    private static InferredModel inferred(TaskChoice choice) {
        TaskSequence clouds = TaskSequence.of(
                        "clouds", Normalisation.NONE, SmallTasks.task("a", 1), SmallTasks.task("b", 2))
                .withScenario(Scenario.DOMAIN);
        GatedNetwork network = GatedNetwork.create(SmallTasks.dense(List.of(8, 6), false), clouds.normalisation(), 1);
        ContinualTrainer trainer = new ContinualTrainer(
                GateSettings.DEFAULT, new TrainingSettings(2, 8, Optimizer.adam(0.01), Double.POSITIVE_INFINITY), 1);
        return new UntoldTrainer(trainer, new InferenceSettings(36, 0.1, 0, 0).withTask(choice))
                .train(network, clouds, TrainingListener.SILENT, Checkpoints.NONE)
                .model()
                .orElseThrow();
    }

    @Test
    void aDescriptionThatClaimsMoreThanAnyHasIsNotRead() throws IOException {
        Map<String, byte[]> entries = entries(GOLDEN.resolve("dense.sluice"));
        entries.put(DESCRIPTION, new byte[(1 << 26) + 1]);
        Path large = folder.resolve("large.sluice");
        zip(entries, large);

        assertThatThrownBy(() -> GatedNetwork.load(large))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(
                        "large.sluice is damaged or no Sluice model (its model.json claims 67,108,865 bytes");
    }

    @Test
    void numbersBeyondThoseThatAreDescribedAreNotRead() throws IOException {
        Map<String, byte[]> entries = entries(GOLDEN.resolve("discriminant-domain.sluice"));
        entries.put("parameters.bin", new byte[1 << 20]);
        Path large = folder.resolve("large.sluice");
        zip(entries, large);

        assertThatThrownBy(() -> DiscriminantModel.load(large))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("it holds 1048576 bytes of parameters instead of");
    }

    @ParameterizedTest
    @ValueSource(strings = {"form.hidden", "form.variables", "form.choices", "classes"})
    void generatorsThatClaimMoreThanThereIsAreRefused(String number) throws IOException {
        Map<String, byte[]> entries = entries(GOLDEN.resolve("clouds-plain-4.sluice"));
        ObjectNode description = (ObjectNode) JSON.readTree(entries.get(DESCRIPTION));
        int place = 0;
        for (JsonNode entry : description.get("entries")) {
            if (entry.get("name").asText().equals("answering." + number)) {
                break;
            }
            place += entry.get("length").asInt();
        }
        Path changed = folder.resolve("changed.sluice");
        for (long claimed : new long[] {Long.MIN_VALUE, -1, 0, 1, 5, 4999, 1 << 30, Integer.MAX_VALUE, 1L << 40}) {
            byte[] parameters = entries.get("parameters.bin").clone();
            ByteBuffer.wrap(parameters).putLong(place, claimed);
            description.put("parametersSha256", ModelArchive.checksum(parameters));
            ModelArchive.write(
                    changed,
                    new ModelArchive.Content(JSON.writeValueAsBytes(description), parameters),
                    Optional.empty());

            assertThatThrownBy(() -> PlainModel.load(changed))
                    .as("%s %d", number, claimed)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("changed.sluice is damaged or no Sluice model (")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void aModelOfANewerFormatIsToldInOneLine() throws IOException {
        for (String name : List.of("dense", "discriminant-domain", "plain-domain")) {
            Map<String, byte[]> entries = entries(GOLDEN.resolve(name + ".sluice"));
            ObjectNode description = (ObjectNode) JSON.readTree(entries.get(DESCRIPTION));
            entries.put(DESCRIPTION, JSON.writeValueAsBytes(description.put("format", ModelArchive.SEPARATE + 1)));
            Path newer = folder.resolve("newer.sluice");
            zip(entries, newer);

            assertThatThrownBy(() -> answers(newer, name))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("newer.sluice has model format 7, this version of Sluice reads ");
        }
    }

    @Test
    void aModelWhoseChecksumWasTakenAwayIsRefused() throws IOException {
        Path file = savedAnew("dense");
        zip(entries(file), file);

        assertThatThrownBy(() -> GatedNetwork.load(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("its checksum is missing");
    }

    @Test
    void whatWasForgottenTakesNothingOfTasksWhoseNamesBeginAlike() throws IOException {
        Path file = folder.resolve("model.sluice");
        try (GatedNetwork network = GatedNetwork.load(GOLDEN.resolve("dense.sluice"))) {
            assertThat(network.encoding("v1.2")).isPresent();
            network.remove("v1");
            network.save(file);
        }

        try (GatedNetwork network = GatedNetwork.load(file)) {
            assertThat(network.encoding("v1.2")).isPresent();
            assertThat(network.provenance().keySet())
                    .contains("task.v1%2E2.table", "task.v1%2E2.sequence")
                    .noneMatch(key -> key.startsWith("task.v1."));
        }
    }

    private Path savedAnew(String name) throws IOException {
        Path file = folder.resolve(name + ".sluice");
        Path golden = GOLDEN.resolve(name + ".sluice");
        if (name.startsWith("discriminant")) {
            DiscriminantModel.load(golden).save(file);
        } else if (name.contains("plain")) {
            PlainModel.load(golden).save(file);
        } else {
            GatedNetwork.load(golden).save(file);
        }
        return file;
    }

    private static Optional<List<Predictor.Answer>> tried(Path file, String name) {
        try {
            return answers(file, name);
        } catch (InputException refused) {
            assertThat(refused.getMessage()).doesNotContain("\n");
            return Optional.empty();
        }
    }

    private static Optional<List<Predictor.Answer>> answers(Path file, String name) {
        boolean images = name.contains("convolutional") || name.matches("discriminant-(class|subnetworks)");
        boolean needsNoTask = StoredPredictor.needsNoTask(file);
        try (Predictor predictor = needsNoTask
                ? StoredPredictor.withoutTask(file, OptionalLong.empty())
                : StoredPredictor.ofTask(file, name.contains("convolutional") ? "2-3" : "v1", OptionalLong.empty())) {
            Path rows = GOLDEN.resolve(name.startsWith("clouds") ? "clouds.csv" : images ? "images.csv" : "rows.csv");
            return Optional.of(
                    predictor.answers(predictor.read(rows, Optional.empty()).examples()));
        }
    }

    private static Map<String, byte[]> entries(Path file) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static void zip(Map<String, byte[]> entries, Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        replace(file, bytes.toByteArray());
    }
}
