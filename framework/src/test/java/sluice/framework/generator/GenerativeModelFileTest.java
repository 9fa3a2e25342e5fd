package sluice.framework.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.framework.internal.model.ModelArchive;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.network.GatedNetwork;
import sluice.tasks.InputException;
import sluice.tasks.Normalisation;
import sluice.tasks.Shape;

class GenerativeModelFileTest {
    @TempDir
    private Path folder;

    private static List<GenerativeModel> models() {
        GeneratorShape colour =
                GeneratorShape.autoencoder(12, ImmutableList.of(LatentLayer.bernoulli(2)), ImmutableList.of());
        return List.of(
                TinyGenerators.withClasses().annotated("seed", "3"),
                TinyGenerators.plain(),
                TinyGenerators.structured(),
                TinyGenerators.of(colour, new Shape.Channels(3, 2, 2), 1),
                TinyGenerators.of(colour, new Shape.Vector(12), 1));
    }

    @Test
    void sizesAreThoseOfTheMaps() {
        for (GenerativeModel model : models()) {
            try (GeneratorParts parts = new GeneratorParts(model.shape(), 1, -1, new RandomStreams(1))) {
                assertThat(GenerativeModelDescription.sizes(model.shape()))
                        .containsExactly(parts.parameters().stream()
                                .mapToLong(values -> values.length)
                                .toArray());
            }
        }
    }

    @Test
    void aModelComesBackWithEveryBit() throws IOException {
        for (GenerativeModel model : models()) {
            Path file = folder.resolve("model.sluice");
            Path again = folder.resolve("again.sluice");

            model.save(file);
            GenerativeModel loaded = GenerativeModel.load(file);
            loaded.save(again);

            assertThat(loaded.shape()).isEqualTo(model.shape());
            assertThat(loaded.images()).isEqualTo(model.images());
            assertThat(loaded.slope()).isEqualTo(model.slope());
            assertThat(loaded.mean()).containsExactly(model.mean());
            assertThat(loaded.provenance()).isEqualTo(model.provenance());
            assertThat(loaded.parameters().toArray())
                    .isEqualTo(model.parameters().toArray());
            assertThat(again).hasSameBinaryContentAs(file);
        }
    }

    /** It was written by {@code models().get(0).save} when the format was new. */
    @Test
    void aModelOfFormat4HoldsWhatItHeld() {
        GenerativeModel then = models().get(0);

        GenerativeModel loaded =
                GenerativeModel.load(Path.of("src/test/resources/sluice/framework/golden/generator-4.sluice"));

        assertThat(loaded.shape()).isEqualTo(then.shape());
        assertThat(loaded.images()).isEqualTo(then.images());
        assertThat(loaded.mean()).containsExactly(then.mean());
        assertThat(loaded.provenance()).isEqualTo(then.provenance());
        assertThat(loaded.parameters().toArray()).isEqualTo(then.parameters().toArray());
    }

    @Test
    void aFileOfWhichAByteIsAnotherIsRefused() throws IOException {
        Path file = folder.resolve("model.sluice");
        TinyGenerators.plain().save(file);
        byte[] bytes = Files.readAllBytes(file);

        for (int at = 0; at < bytes.length; at += 7) {
            byte[] changed = bytes.clone();
            changed[at] ^= 1;
            Files.write(file, changed);

            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> GenerativeModel.load(file))
                    .withMessageContaining("is damaged");
        }
    }

    @Test
    void aCutFileIsRefused() throws IOException {
        Path file = folder.resolve("model.sluice");
        TinyGenerators.plain().save(file);
        byte[] bytes = Files.readAllBytes(file);
        ByteArrayOutputStream half = new ByteArrayOutputStream();
        half.write(bytes, 0, bytes.length / 2);
        Files.write(file, half.toByteArray());

        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> GenerativeModel.load(file))
                .withMessageContaining("is damaged");
    }

    /** Writes a file whose checksums are right, and whose description says something else. */
    private Path described(String from, String to) throws IOException {
        Path file = folder.resolve("model.sluice");
        TinyGenerators.withClasses().save(file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            String description = new String(
                    zip.getInputStream(zip.getEntry(ModelArchive.DESCRIPTION)).readAllBytes(), StandardCharsets.UTF_8);
            byte[] parameters =
                    zip.getInputStream(zip.getEntry("parameters.bin")).readAllBytes();
            assertThat(description).contains(from);
            byte[] changed = description.replace(from, to).getBytes(StandardCharsets.UTF_8);
            ModelArchive.write(file, new ModelArchive.Content(changed, parameters), Optional.empty());
        }
        return file;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"given\" : 6 | \"given\" : 7 | an autoencoder generates what it is given",
                "\"variables\" : 2 | \"variables\" : 2000 | bytes of parameters instead of",
                "\"variables\" : 2 | \"variables\" : -1 | at least 1 variable",
                "\"hidden\" : [ 4 ] | \"hidden\" : [ 4, 10000, 10000, 10000 ] | bytes of parameters instead of",
                "\"hidden\" : [ 4 ] | \"hidden\" : [ null ] | are missing",
                "\"latents\" | \"latent\" | are missing",
                "\"width\" : 3 | \"width\" : 4 | have not 6 features",
                "\"classes\" : [ \"a\", \"b\", \"c\" ] | \"classes\" : [ \"a\", \"b\", \"b\" ] | two classes have one name",
                "\"slope\" : 1.5 | \"slope\" : 0 | its slope is 0.0",
                "\"form\" : \"AUTOENCODER\" | \"form\" : \"POEM\" | No enum constant",
                "\"format\" : 4 | \"format\" : 5 | has model format 5",
                "\"parametersSha256\" : \" | \"parametersSha256\" : \"0 | do not match their checksum",
            })
    void aDescriptionThatDoesNotHoldIsRefused(String from, String to, String message) throws IOException {
        Path file = described(from, to);

        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> GenerativeModel.load(file))
                .withMessageContaining(file.toString())
                .withMessageContaining(message);
    }

    @Test
    void aModelOfAnotherKindCannotGenerate() {
        Path file = folder.resolve("gated.sluice");
        try (GatedNetwork network = GatedNetwork.create(2, List.of(4), Normalisation.NONE, 1)) {
            network.save(file);
        }

        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> GenerativeModel.load(file))
                .withMessage(file
                        + " is the model of a gated network, which tells classes apart, and cannot generate: name the"
                        + " model of a run whose script has a generator");
    }
}
