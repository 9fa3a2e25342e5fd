package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.mistake;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ObjectArrays;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.framework.cli.Console.Result;

/** Pictures whose classes only colours tell apart are learned in colour, and look alike in grey. */
@Tag("slow")
class ColourImagesCommandTest {
    /** All of one shade of grey. */
    private static final Map<String, Integer> CLASSES =
            ImmutableMap.of("blue", 0x285fd7, "brown", 0x8b5a19, "green", 0x2c8c26, "red", 0xd2323d);

    private static final String DENSE = "network: {hidden: [30]}\n";

    @TempDir
    private Path folder;

    private final Random random = new Random(3);

    @BeforeEach
    void pictures() throws IOException {
        for (Map.Entry<String, Integer> one : CLASSES.entrySet()) {
            Path of = Files.createDirectories(folder.resolve("photos").resolve(one.getKey()));
            for (int i = 0; i < 20; i++) {
                ImageIO.write(
                        spot(one.getValue()), "png", of.resolve(i + ".png").toFile());
            }
        }
    }

    /** A spot of this colour somewhere on black. */
    private BufferedImage spot(int rgb) {
        BufferedImage image = new BufferedImage(12, 10, BufferedImage.TYPE_INT_RGB);
        int left = random.nextInt(5);
        int top = random.nextInt(4);
        for (int i = 0; i < 36; i++) {
            image.setRGB(left + i % 6, top + i / 6, rgb);
        }
        return image;
    }

    private Result run(String settings) throws IOException {
        Path script = Files.writeString(folder.resolve("mine.yaml"), """
                data: {set: images, folder: photos, test_share: 0.2, colour: rgb}
                training: {iterations: 150, batch_size: 32}
                """ + settings);
        return Console.sluice("run", script, "--overwrite", "--out", folder.resolve("run"));
    }

    private Result predict(Path input, Object... options) {
        Object[] start = {"predict", "--model", folder.resolve("run"), "--input", input, "--label", "folder"};
        return Console.sluice(ObjectArrays.concat(start, options, Object.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gates",
                "random-feature-lda",
                "joint",
                "er",
                "{generative-classifier: {hidden: 20, iterations: 100, samples: 5}}"
            })
    void coloursTellClassesApartInEveryKindOfStrategy(String strategy) throws IOException {
        Result learned = run(DENSE + "scenario: class\nstrategy: " + strategy + "\n");
        assertThat(learned.code()).as(learned.err()).isZero();

        Result predicted = predict(folder.resolve("photos"));

        assertThat(predicted.code()).as(predicted.err()).isZero();
        assertThat(predicted.err()).containsPattern("accuracy  +(1|0\\.9)");
    }

    @Test
    void convolutionsTakeTheChannels() throws IOException {
        Result learned = run("network: {layers: [{conv: {maps: 8, kernel: 3, pool: 2}}, {dense: 20}]}\n");
        assertThat(learned.code()).as(learned.err()).isZero();

        Result predicted = predict(folder.resolve("photos"), "--task", "blue-brown");

        assertThat(predicted.err()).containsPattern("accuracy  +(1|0\\.9)");
    }

    @Test
    void whatIsAnsweredWronglyIsDrawnInColour() throws IOException {
        Result learned = run(DENSE + "scenario: class\nstrategy: fine-tuning\n");
        assertThat(learned.code()).as(learned.err()).isZero();

        assertThat(Files.readAllLines(folder.resolve("run/hardest.csv")))
                .hasSizeGreaterThan(1)
                .element(1)
                .asString()
                .contains(",12,10,3,");
    }

    @Test
    void aPictureOfOneColourIsAskedAboutAsOneOfAnother() throws IOException {
        assertThat(run(DENSE + "scenario: class\n").code()).isZero();
        Path grey = folder.resolve("grey.png");
        ImageIO.write(new BufferedImage(12, 10, BufferedImage.TYPE_BYTE_GRAY), "png", grey.toFile());
        Path small = folder.resolve("small.png");
        ImageIO.write(new BufferedImage(10, 12, BufferedImage.TYPE_INT_RGB), "png", small.toFile());

        assertThat(predict(grey).out()).startsWith("file,predicted,probability\ngrey.png,");
        assertThat(predict(small)).satisfies(mistake("small.png is 10x12 pixels, the model takes 12x10"));
    }

    @Test
    void initNoticesColoursAndWritesThemDown() throws IOException {
        Path script = folder.resolve("photos.yaml");

        Result written = Console.sluice("init", script, "--images", folder.resolve("photos"));

        assertThat(written.out()).contains("colours   red, green and blue\n");
        assertThat(script).content().contains("\n  colour: rgb\n");
        assertThat(Console.sluice("validate", script).code()).isZero();
    }

    @Test
    void aNetworkThatCompletesImagesRefusesColoursWithWhatToWrite() throws IOException {
        Path script = Files.writeString(folder.resolve("generator.yaml"), """
                data: {set: images, folder: photos, test_share: 0.2, colour: rgb}
                generator: {kind: structured, latents: [5]}
                """);

        assertThat(Console.sluice("run", script, "--out", folder.resolve("run")))
                .satisfies(mistake("generator.yaml:2: generator.kind: must be autoencoder for images of colours"));
        assertThat(folder.resolve("run")).doesNotExist();
    }
}
