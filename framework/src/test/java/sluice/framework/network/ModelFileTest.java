package sluice.framework.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.framework.ContinualTrainer;
import sluice.framework.SmallTasks;
import sluice.framework.layer.convolution.Convolution;
import sluice.framework.layer.pooling.Pooling;
import sluice.framework.predict.internal.kernel.Padding;
import sluice.tasks.InputException;
import sluice.tasks.Normalisation;
import sluice.tasks.Shape;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

@Tag("slow")
@net.jqwik.api.Tag("slow")
class ModelFileTest {
    private static final Normalisation NORMALISATION = Normalisation.standard(0.1f, 0.7f);
    private static TaskSequence sequence;
    private static GatedNetwork trained;

    @TempDir
    private Path folder;

    /** Two test engines run this class, and only one of them knows the other's hooks. */
    private static synchronized GatedNetwork trained() {
        if (trained == null) {
            train();
        }
        return trained;
    }

    @BeforeAll
    static void train() {
        sequence = TaskSequence.of("clouds", NORMALISATION, SmallTasks.task("a", 1), SmallTasks.task("b", 2));
        trained = GatedNetwork.create(SmallTasks.FEATURES, List.of(8, 6), NORMALISATION, 77);
        new ContinualTrainer().train(trained, sequence);
    }

    @Test
    void aLoadedNetworkGivesTheSameBits() {
        trained.save(folder.resolve("model"));

        GatedNetwork loaded = GatedNetwork.load(folder.resolve("model"));

        for (Task task : sequence.tasks()) {
            assertThat(loaded.logits(task.name(), task.test())).isEqualTo(trained.logits(task.name(), task.test()));
        }
    }

    @Test
    void aLoadedNetworkKnowsClassesSplitNormalisationSeedAndProvenance() {
        trained.save(folder.resolve("model"));

        GatedNetwork loaded = GatedNetwork.load(folder.resolve("model"));

        assertThat(loaded.tasks()).containsExactly("a", "b");
        assertThat(loaded.classes("b")).containsExactly(3, 8);
        assertThat(loaded.normalisation()).isEqualTo(NORMALISATION);
        assertThat(loaded.seed()).isEqualTo(77);
        assertThat(loaded.provenance()).isEqualTo(trained.provenance()).containsEntry("task.b.sequence", "clouds");
        assertThat(loaded.subnetwork("a")).isEqualTo(trained.subnetwork("a"));
    }

    private static GatedNetwork convolutional() {
        TaskSequence images = sequence.withShape(new Shape.Image(2, 3));
        GatedNetwork network = GatedNetwork.create(SmallTasks.convolutional(5), NORMALISATION, 78);
        new ContinualTrainer().train(network, images);
        return network;
    }

    @Test
    void aLoadedNetworkOfConvolutionsGivesTheSameBitsAndLearnsOn() {
        GatedNetwork network = convolutional();
        network.save(folder.resolve("model"));

        GatedNetwork loaded = GatedNetwork.load(folder.resolve("model"));

        for (Task task : sequence.tasks()) {
            assertThat(loaded.logits(task.name(), task.test())).isEqualTo(network.logits(task.name(), task.test()));
        }
        TaskSequence more = TaskSequence.of("more", NORMALISATION, SmallTasks.task("c", 3));
        new ContinualTrainer().train(loaded, more);
        new ContinualTrainer().train(network, more);
        assertThat(loaded.digest("c")).isEqualTo(network.digest("c"));
    }

    @Test
    void averagePoolingIsKept() {
        NetworkShape shape = new NetworkShape(
                new Shape.Image(2, 3), ImmutableList.of(new Convolution(6, 2, Padding.SAME, 2, Pooling.AVERAGE)));
        GatedNetwork network = GatedNetwork.create(shape, NORMALISATION, 79);
        new ContinualTrainer().train(network, sequence.withShape(new Shape.Image(2, 3)));
        network.save(folder.resolve("model"));

        GatedNetwork loaded = GatedNetwork.load(folder.resolve("model"));

        assertThat(loaded.parts().layers().get(0).connection())
                .isEqualTo(shape.connections().get(0));
        for (Task task : sequence.tasks()) {
            assertThat(loaded.logits(task.name(), task.test())).isEqualTo(network.logits(task.name(), task.test()));
        }
    }

    private static GatedNetwork normalised(NetworkShape shape) {
        GatedNetwork network = GatedNetwork.create(shape.batchNormalised(), NORMALISATION, 80);
        new ContinualTrainer().train(network, sequence.withShape(new Shape.Image(2, 3)));
        return network;
    }

    @Test
    void normalisedNetworksAreReadBackTheSameAndLearnOn() throws IOException {
        for (NetworkShape shape :
                List.of(NetworkShape.dense(SmallTasks.FEATURES, List.of(8, 6)), SmallTasks.convolutional(5))) {
            GatedNetwork network = normalised(shape);
            network.save(folder.resolve("model"));

            GatedNetwork loaded = GatedNetwork.load(folder.resolve("model"));

            loaded.save(folder.resolve("again"));
            assertThat(Files.readAllBytes(folder.resolve("again")))
                    .isEqualTo(Files.readAllBytes(folder.resolve("model")));
            assertThat(loaded.taskBytes()).isEqualTo(network.taskBytes());
            for (Task task : sequence.tasks()) {
                assertThat(loaded.logits(task.name(), task.test())).isEqualTo(network.logits(task.name(), task.test()));
                assertThat(loaded.digest(task.name())).isEqualTo(network.digest(task.name()));
            }
            TaskSequence more = TaskSequence.of("more", NORMALISATION, SmallTasks.task("c", 3));
            new ContinualTrainer().train(loaded, more);
            new ContinualTrainer().train(network, more);
            assertThat(loaded.digest("c")).isEqualTo(network.digest("c"));
        }
    }

    @Test
    void eachNumberThatATaskHasForItselfIsInItsDigest() {
        GatedNetwork network = normalised(NetworkShape.dense(SmallTasks.FEATURES, List.of(8, 6)));
        String digest = network.digest("a");
        float[][] own = network.parts().state("a").own().get(1).values();

        for (float[] each : own) {
            float kept = each[0];
            each[0] = Math.nextUp(kept);
            assertThat(network.digest("a")).isNotEqualTo(digest);
            each[0] = kept;
        }

        assertThat(own).hasNumberOfRows(4);
        assertThat(network.digest("a")).isEqualTo(digest);
    }

    @Test
    void aNormalisationThatIsUnknownOrMissingIsRefused() throws IOException {
        normalised(NetworkShape.dense(SmallTasks.FEATURES, List.of(8, 6))).save(folder.resolve("model"));
        byte[] whole = Files.readAllBytes(folder.resolve("model"));
        for (String words : List.of("[ \"other\", \"batch\" ]", "[ \"batch\" ]", "[ \"none\", \"batch\" ]", "null")) {
            Files.write(folder.resolve("model"), whole);
            rewrite(folder.resolve("model"), json -> json.replace("[ \"batch\", \"batch\" ]", words));

            assertThatThrownBy(() -> GatedNetwork.load(folder.resolve("model")))
                    .as(words)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("damaged");
        }
    }

    @Test
    void convolutionsThatDoNotFitTheImageAreRefused() throws IOException {
        convolutional().save(folder.resolve("model"));
        rewrite(folder.resolve("model"), json -> json.replace("\"height\" : 2", "\"height\" : 1"));

        assertThatThrownBy(() -> GatedNetwork.load(folder.resolve("model")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("damaged");
    }

    /** Changes the description of a model. */
    private static void rewrite(Path model, UnaryOperator<String> change) throws IOException {
        byte[] parameters;
        String json;
        try (ZipFile zip = new ZipFile(model.toFile())) {
            json = new String(zip.getInputStream(zip.getEntry("model.json")).readAllBytes(), StandardCharsets.UTF_8);
            parameters = zip.getInputStream(zip.getEntry("parameters.bin")).readAllBytes();
        }
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(model))) {
            zip.putNextEntry(new ZipEntry("model.json"));
            zip.write(change.apply(json).getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("parameters.bin"));
            zip.write(parameters);
        }
    }

    @Test
    void equalNetworksGiveEqualBytes() throws IOException {
        trained.save(folder.resolve("one"));
        GatedNetwork.load(folder.resolve("one")).save(folder.resolve("two"));

        assertThat(Files.readAllBytes(folder.resolve("two"))).isEqualTo(Files.readAllBytes(folder.resolve("one")));
    }

    @Test
    void aLoadedNetworkLearnsOnAsIfItHadNeverStopped() {
        TaskSequence more = TaskSequence.of("more", NORMALISATION, SmallTasks.task("c", 3));
        trained.save(folder.resolve("model"));
        GatedNetwork one = GatedNetwork.load(folder.resolve("model"));
        GatedNetwork direct = GatedNetwork.create(SmallTasks.FEATURES, List.of(8, 6), NORMALISATION, 77);
        new ContinualTrainer().train(direct, sequence);

        new ContinualTrainer().train(one, more);
        new ContinualTrainer().train(direct, more);

        assertThat(one.digest("c")).isEqualTo(direct.digest("c"));
        assertThat(one.digest("a")).isEqualTo(trained.digest("a"));
    }

    @Test
    void rawRowsArePredictedAsOriginalLabels() {
        float[][] rows = new float[30][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = sequence.tasks().get(0).test().row(i);
        }

        int[] labels = trained.predict("a", rows);

        assertThat(labels).containsOnly(3, 8);
        assertThat(trained.predict("a", new float[0][])).isEmpty();
    }

    @Test
    void anUnknownTaskIsAnsweredWithTheKnownOnes() {
        assertThatThrownBy(() -> trained.predict("z", new float[1][SmallTasks.FEATURES]))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("z", "[a, b]");
    }

    @Test
    void aModelOfTheFirstFormatPredictsAsItDid() throws IOException {
        Path old = Path.of("src/test/resources/sluice/framework/format-1.sluice");
        List<String> expected = Files.readAllLines(old.resolveSibling("format-1-logits.txt"));

        GatedNetwork loaded = GatedNetwork.load(old);

        int at = 0;
        for (Task task : sequence.tasks()) {
            for (float logit : loaded.logits(task.name(), task.test())) {
                // other kinds of CPU may round otherwise
                assertThat(logit).isCloseTo(Float.parseFloat(expected.get(at++)), within(1e-5f));
            }
        }
        assertThat(at).isEqualTo(expected.size());
        assertThat(loaded.subnetwork("a").layers().get(0).toArray()).containsExactly(1, 4);
        assertThat(loaded.subnetwork("b").layers().get(1).toArray()).containsExactly(1, 5);
    }

    @Test
    void aModelOfTheFirstFormatIsSavedInThePresentOne() {
        GatedNetwork old = GatedNetwork.load(Path.of("src/test/resources/sluice/framework/format-1.sluice"));
        old.save(folder.resolve("model"));

        GatedNetwork loaded = GatedNetwork.load(folder.resolve("model"));

        for (Task task : sequence.tasks()) {
            assertThat(loaded.logits(task.name(), task.test())).isEqualTo(old.logits(task.name(), task.test()));
            assertThat(loaded.capacity()).isEqualTo(old.capacity());
        }
    }

    @Test
    void aGrownNetworkIsReadBackTheSame() {
        GatedNetwork grown = GatedNetwork.create(SmallTasks.FEATURES, List.of(8, 6), NORMALISATION, 77);
        new ContinualTrainer().withGrowth(new Growth.Share(0.5, 0.9)).train(grown, sequence);
        grown.save(folder.resolve("model"));

        GatedNetwork loaded = GatedNetwork.load(folder.resolve("model"));

        assertThat(loaded.hidden()).isEqualTo(grown.hidden()).isNotEqualTo(List.of(8, 6));
        assertThat(loaded.capacity()).isEqualTo(grown.capacity());
        for (Task task : sequence.tasks()) {
            assertThat(loaded.logits(task.name(), task.test())).isEqualTo(grown.logits(task.name(), task.test()));
        }
    }

    @Test
    void aMissingModelIsSaidToBeMissing() {
        assertThatThrownBy(() -> GatedNetwork.load(folder.resolve("nothing")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no model at");
    }

    @Test
    void aFileThatIsNoModelIsRefused() throws IOException {
        Files.writeString(folder.resolve("text"), "hello");

        assertThatThrownBy(() -> GatedNetwork.load(folder.resolve("text")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("damaged or no Sluice model");
    }

    @Test
    void aTruncatedModelIsRefused() throws IOException {
        trained.save(folder.resolve("model"));
        byte[] bytes = Files.readAllBytes(folder.resolve("model"));
        Files.write(folder.resolve("half"), Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(() -> GatedNetwork.load(folder.resolve("half")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("damaged");
    }

    @Property(tries = 300)
    void aFlippedBitIsFoundOrHarmless(@ForAll @IntRange(max = 1 << 24) int where) throws IOException {
        Path file = Files.createTempFile("model", "");
        trained().save(file);
        byte[] bytes = Files.readAllBytes(file);
        bytes[where / 8 % bytes.length] ^= (byte) (1 << where % 8);
        Files.write(file, bytes);
        try {
            GatedNetwork loaded = GatedNetwork.load(file);
            for (Task task : sequence.tasks()) {
                assertThat(loaded.digest(task.name())).isEqualTo(trained().digest(task.name()));
            }
            assertThat(loaded.parts().layers().get(0).weights())
                    .isEqualTo(trained().parts().layers().get(0).weights());
        } catch (InputException found) {
            assertThat(found).hasMessageContaining("model");
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void aZipWithoutADescriptionIsRefused() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("zip")))) {
            zip.putNextEntry(new ZipEntry("other"));
        }

        assertThatThrownBy(() -> GatedNetwork.load(folder.resolve("zip")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no entry model.json");
    }

    @Test
    void saveLeavesNoTemporaryFile() throws IOException {
        trained.save(folder.resolve("model"));

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("model");
        }
    }

    @Test
    void savingIntoAMissingFolderIsTheUsersMistake() {
        assertThatThrownBy(() -> trained.save(folder.resolve("none/model")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot write");
    }
}
