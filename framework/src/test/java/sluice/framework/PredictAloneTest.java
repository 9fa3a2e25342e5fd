package sluice.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.ByteArrayDataOutput;
import com.google.common.io.ByteStreams;
import com.google.common.primitives.Doubles;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.framework.discriminant.DiscriminantModel;
import sluice.framework.discriminant.DiscriminantTrainer;
import sluice.framework.discriminant.InferenceSettings;
import sluice.framework.experiment.Predictor;
import sluice.framework.experiment.StoredPredictor;
import sluice.framework.gates.GateSettings;
import sluice.framework.layer.convolution.Convolution;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.NetworkShape;
import sluice.framework.predict.ModelLoader;
import sluice.framework.predict.SavedModel;
import sluice.framework.predict.file.UnreadableModelException;
import sluice.framework.result.TrainingListener;
import sluice.tasks.ClassSplit;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;
import sluice.tasks.Shape;
import sluice.tasks.TaskSequence;

/** A service that predicts alone: a JVM with little on its class path answers as the framework does, to the bit. */
class PredictAloneTest {
    private static final Path GOLDEN = Path.of("src/test/resources/sluice/framework/golden");
    private static final int MOST_PLACES = 6;
    private static final long MOST_BYTES = 6_000_000;
    private static final int ROWS = 130;

    @TempDir
    private Path folder;

    @Test
    void aJvmWithTheModuleAloneAnswersWithTheSameBits() throws Exception {
        Path models = Files.createDirectories(folder.resolve("models"));
        List<String> expected = new ArrayList<>(List.of("alone", "alone"));
        // in the order of their names
        for (String gated : List.of("clouds-gated-4", "convolutional", "dense")) {
            expected.addAll(gated(models, gated));
        }
        for (String discriminant : List.of("discriminant-class", "discriminant-domain", "discriminant-subnetworks")) {
            expected.addAll(discriminant(models, discriminant));
        }

        expected.addAll(coloursTold(models, "in-colour-discriminant"));
        expected.addAll(coloursConvolved(models, "in-colour-network"));

        List<String> found = answersOfAnother(models);
        for (int line = 0; line < expected.size(); line++) {
            assertThat(found.get(line)).as("line %s", line).isEqualTo(expected.get(line));
        }
        assertThat(found).hasSameSizeAs(expected);
    }

    private static List<String> gated(Path models, String name) throws IOException {
        try (GatedNetwork network = GatedNetwork.load(GOLDEN.resolve(name + ".sluice"))) {
            return gated(models, network, name);
        }
    }

    private static List<String> gated(Path models, GatedNetwork network, String name) throws IOException {
        Path file = models.resolve(name + ".sluice");
        network.save(file);
        int inputs = network.inputs();
        List<String> tasks = network.tasks();
        Examples rows = rows(file, inputs);
        List<String> lines = new ArrayList<>();
        for (String task : tasks) {
            try (Predictor predictor = StoredPredictor.ofTask(file, task, OptionalLong.empty())) {
                List<String> answers = lines(file, predictor, rows);
                // each row alone, then all at once
                lines.addAll(answers);
                lines.addAll(answers);
            }
        }
        return lines;
    }

    /** Small images in three channels, of which classes have different means. */
    private static TaskSequence colours(Scenario scenario) {
        Shape.Channels image = new Shape.Channels(3, 8, 9);
        SplittableRandom random = new SplittableRandom(3);
        float[][] rows = new float[60][image.features()];
        int[] labels = new int[rows.length];
        for (int e = 0; e < rows.length; e++) {
            labels[e] = e % 4;
            for (int i = 0; i < image.features(); i++) {
                rows[e][i] = random.nextInt(120) + (i % 5 == labels[e] ? 100 : 0);
            }
        }
        Examples examples = Examples.of(rows, labels);
        DataSet set =
                DataSet.of("colours", examples, examples, ImmutableMap.of()).withShape(image);
        return TaskSequence.split(set, Normalisation.UNIT_PIXELS, ClassSplit.consecutive(set, 2))
                .withScenario(scenario);
    }

    private static List<String> coloursTold(Path models, String name) throws IOException {
        try (DiscriminantModel model = (DiscriminantModel) new DiscriminantTrainer(
                        new InferenceSettings(90, 0.001, 0, 0), GateSettings.DEFAULT, 1, 2, Evaluation.ENDS)
                .train(colours(Scenario.CLASS), "gates", TrainingListener.SILENT)
                .model()) {
            return discriminant(models, model, name);
        }
    }

    private static List<String> coloursConvolved(Path models, String name) throws IOException {
        TaskSequence colours = colours(Scenario.TASK);
        NetworkShape shape =
                new NetworkShape(colours.shape(), ImmutableList.of(new Convolution(6, 3, 2), new FullyConnected(7)));
        try (GatedNetwork network = GatedNetwork.create(shape, Normalisation.UNIT_PIXELS, 4)) {
            new ContinualTrainer().train(network, colours);
            return gated(models, network, name);
        }
    }

    private static List<String> discriminant(Path models, String name) throws IOException {
        try (DiscriminantModel model = DiscriminantModel.load(GOLDEN.resolve(name + ".sluice"))) {
            return discriminant(models, model, name);
        }
    }

    private static List<String> discriminant(Path models, DiscriminantModel model, String name) throws IOException {
        Path file = models.resolve(name + ".sluice");
        model.withThreshold(0.4).save(file);
        try (Predictor predictor = StoredPredictor.withoutTask(file, OptionalLong.empty())) {
            return lines(file, predictor, rows(file, model.inputs()));
        }
    }

    private static List<String> lines(Path file, Predictor predictor, Examples rows) {
        return predictor.answers(rows).stream()
                .map(answer -> AnswerBits.line(
                        file,
                        answer.predicted(),
                        Doubles.toArray(answer.probabilities().asList())))
                .toList();
    }

    private static Examples rows(Path file, int inputs) throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        float[][] rows = new float[ROWS][inputs];
        ByteArrayDataOutput data = ByteStreams.newDataOutput();
        data.writeInt(ROWS);
        for (float[] row : rows) {
            for (int i = 0; i < inputs; i++) {
                row[i] = random.nextFloat() * (inputs > 100 ? 255 : 2);
                data.writeFloat(row[i]);
            }
        }
        Files.write(Path.of(file + ".rows"), data.toByteArray());
        return Examples.of(rows, new int[ROWS]);
    }

    private List<String> answersOfAnother(Path models) throws Exception {
        Path module = Files.createDirectories(folder.resolve("module"));
        copyClasses("sluice/framework/predict", placeOf(SavedModel.class), module);
        List<Path> classPath = List.of(module, placeOf(JsonFactory.class));
        assertThat(classPath.size()).isLessThanOrEqualTo(MOST_PLACES);
        assertThat(classPath.stream().mapToLong(PredictAloneTest::bytes).sum()).isLessThan(MOST_BYTES);
        Path service = Files.createDirectories(folder.resolve("service"));
        Path type = Path.of("sluice", "framework", "AnswerBits.class");
        Files.createDirectories(service.resolve(type).getParent());
        Files.copy(placeOf(AnswerBits.class).resolve(type), service.resolve(type));
        Path out = folder.resolve("bits.txt");

        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        service + File.pathSeparator + module + File.pathSeparator + classPath.get(1),
                        "sluice.framework.AnswerBits",
                        models.toString(),
                        out.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).isEmpty();
        return Files.readAllLines(out);
    }

    private static Path placeOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static void copyClasses(String packages, Path from, Path into) throws IOException {
        if (!Files.isDirectory(from)) {
            try (FileSystem jar = FileSystems.newFileSystem(from)) {
                copyAll(jar.getPath("/"), packages, into);
            }
            return;
        }
        copyAll(from, packages, into);
    }

    private static void copyAll(Path root, String packages, Path into) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve(packages))) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Path target = into.resolve(root.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private static long bytes(Path place) {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** So that what the test above puts on the class path is what Maven puts there. */
    @Test
    void theModuleDependsOnOneLibraryThatDependsOnNone() throws IOException {
        String build = Files.readString(Path.of("predict", "pom.xml"));

        assertThat(Pattern.compile("<dependency>.*?<artifactId>(.*?)</artifactId>", Pattern.DOTALL)
                        .matcher(build)
                        .results()
                        .map(found -> found.group(1)))
                .containsExactly("jackson-core");
    }

    @Test
    void whatItDoesNotAnswerIsRefusedWithWhoDoes() {
        assertThatThrownBy(() -> ModelLoader.load(GOLDEN.resolve("clouds-gated-5.sluice")))
                .isInstanceOf(UnreadableModelException.class)
                .hasMessageContaining("gaters or exits, which the module framework answers");
        assertThatThrownBy(() -> ModelLoader.load(GOLDEN.resolve("dense.sluice")))
                .isInstanceOf(UnreadableModelException.class)
                .hasMessageContaining("has model format 3, of an earlier version: load and save it");
        assertThatThrownBy(() -> ModelLoader.load(GOLDEN.resolve("plain-whole.sluice")))
                .isInstanceOf(UnreadableModelException.class)
                .hasMessageContaining("of the kind plain, which is answered by the module framework");
        assertThatThrownBy(() -> ModelLoader.load(GOLDEN))
                .isInstanceOf(UnreadableModelException.class)
                .hasMessageStartingWith("no model at");
    }

    @Test
    void aFlippedBitAnywhereIsNoticed() throws IOException {
        Path whole = folder.resolve("whole.sluice");
        try (GatedNetwork network = GatedNetwork.load(GOLDEN.resolve("dense.sluice"))) {
            network.save(whole);
        }
        byte[] bytes = Files.readAllBytes(whole);
        List<Integer> places = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += 37) {
            places.add(at);
        }
        Collections.addAll(places, bytes.length - 1, bytes.length - 70, bytes.length - 100);
        for (int at : places) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 1;
            Path file = Files.write(folder.resolve("damaged.sluice"), damaged);

            assertThatThrownBy(() -> ModelLoader.load(file))
                    .as("byte %s", at)
                    .isInstanceOf(UnreadableModelException.class)
                    .message()
                    .contains(file.toString())
                    .hasLineCount(1);
        }
    }
}
