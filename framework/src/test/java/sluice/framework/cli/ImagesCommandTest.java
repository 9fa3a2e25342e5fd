package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.mistake;
import static sluice.framework.cli.Console.oneLine;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.framework.cli.Console.Result;

/** Pictures of one's own are learned from and asked about, of whatever size and kind they are. */
class ImagesCommandTest {
    private static final List<String> CLASSES = List.of("dark", "left", "light", "right");

    @TempDir
    private Path folder;

    private final Random random = new Random(3);

    /** A picture of a class: grey, with the side that the class names brighter. */
    private BufferedImage picture(String name, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int shade =
                        switch (name) {
                            case "dark" -> 20;
                            case "light" -> 220;
                            case "left" -> 2 * x < width ? 220 : 20;
                            default -> 2 * x < width ? 20 : 220;
                        };
                image.getRaster().setSample(x, y, 0, shade + random.nextInt(30));
            }
        }
        return image;
    }

    /** Pictures in PNG and JPEG, of sizes that vary by so many pixels. */
    private Path pictures(String place, int each, int varying) throws IOException {
        for (String name : CLASSES) {
            Path of = Files.createDirectories(folder.resolve(place).resolve(name));
            for (int i = 0; i < each; i++) {
                BufferedImage image = picture(name, 12 + random.nextInt(varying + 1), 10 + random.nextInt(varying + 1));
                String format = i % 2 == 0 ? "png" : "jpg";
                assertThat(ImageIO.write(
                                image, format, of.resolve(i + "." + format).toFile()))
                        .isTrue();
            }
        }
        return folder.resolve(place);
    }

    private Result run(Path script) {
        return Console.sluice(
                "run",
                script,
                "--out",
                folder.resolve("run"),
                "--set",
                "training.iterations=100",
                "--set",
                "network.hidden=[20]");
    }

    private Result predict(Path input) {
        return Console.sluice(
                "predict",
                "--model",
                folder.resolve("run"),
                "--task",
                "dark-left",
                "--label",
                "folder",
                "--input",
                input,
                "--out",
                folder.resolve("predictions.csv"));
    }

    @Test
    void picturesOfUnequalSizesAreLearnedFromAndAskedAboutInOne() throws IOException {
        pictures("pictures", 20, 9);
        Path script = Files.writeString(
                folder.resolve("mine.yaml"),
                "data: {set: images, folder: pictures, test_share: 0.2, resize: {width: 8, height: 6}}\n");

        Result learned = run(script);
        assertThat(learned.code()).as(learned.err()).isZero();
        Path asked = pictures("asked", 10, 30);
        Result predicted = predict(asked);

        assertThat(predicted.code()).as(predicted.err()).isZero();
        assertThat(Files.readAllLines(folder.resolve("predictions.csv"))).hasSize(41);
        assertThat(predicted.out()).containsPattern("accuracy  (1|0\\.9)");
        Files.delete(folder.resolve("predictions.csv"));
        Path text = Files.writeString(folder.resolve("text.png"), "text");
        assertThat(predict(text)).satisfies(oneLine(text + " is damaged or no PNG or JPEG image"));
        Path gif = Files.write(folder.resolve("animal.png"), new byte[] {'G', 'I', 'F', '8', '9', 'a', 0, 0});
        assertThat(predict(gif)).satisfies(oneLine(gif + " is a GIF image, and only PNG and JPEG are read"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"photos", "own photos: 1", "two\nlines", "photos/train"})
    void initRunAndPredictWorkAtTheFirstTryWithClassFoldersAlone(String name) throws IOException {
        pictures(name, 20, 30);
        Path script = folder.resolve("photos.yaml");

        Result written = Console.sluice("init", script, "--images", folder.resolve(name.replace("/train", "")));
        assertThat(written.code()).as(written.err()).isZero();
        assertThat(written.err()).isEmpty();
        assertThat(written.out())
                .contains(": 80 images, 4 classes", "which become 28x28", "a share of 0.2", "tasks     2 classes each");
        assertThat(script)
                .content()
                .contains("resize: {width: 28, height: 28}", "test_share: 0.2", "classes_per_task: 2", "iterations: ");
        assertThat(Console.sluice("validate", script).code()).isZero();
        Result learned = run(script);
        assertThat(learned.code()).as(learned.err()).isZero();
        Result predicted = predict(pictures("asked", 10, 30));

        assertThat(predicted.code()).as(predicted.err()).isZero();
        assertThat(predicted.out()).containsPattern("accuracy  (1|0\\.9)");
    }

    @Test
    void imagesOfOneSizeInFoldersTrainAndTestNeedNeitherSizeNorShare() throws IOException {
        pictures("photos/train", 10, 0);
        pictures("photos/test", 4, 0);
        Files.writeString(folder.resolve("photos/notes.txt"), "of autumn");
        Path script = folder.resolve("photos.yaml");

        Result written = Console.sluice("init", script, "--images", folder.resolve("photos"));

        assertThat(written.code()).isZero();
        assertThat(written.err()).startsWith("sluice: warning: 1 left out of ").contains("(notes.txt)");
        assertThat(written.out()).contains("56 images, 4 classes", "sizes     12x10\n", "test      16 images\n");
        assertThat(script).content().doesNotContain("resize", "test_share").contains("have 40 and 16 images");
        assertThat(run(script).code()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | one, of all classes",
                "3 | one, of all classes",
                "4 | 2 classes each",
                "5 | two classes each, three in the last",
                "24 | 3 classes each"
            })
    void tasksAreToldAsTheRunWillHaveThem(int classes, String tasks) throws IOException {
        for (int c = 0; c < classes; c++) {
            Path of = Files.createDirectories(folder.resolve("photos/" + c));
            ImageIO.write(picture("dark", 8, 8), "png", of.resolve("1.png").toFile());
            ImageIO.write(picture("light", 8, 8), "png", of.resolve("2.png").toFile());
        }

        assertThat(Console.sluice("init", folder.resolve("s.yaml"), "--images", folder.resolve("photos"))
                        .out())
                .contains("tasks     " + tasks + "\n");
    }

    @Test
    void whatNoScriptCanBeWrittenForIsRefused() throws IOException {
        Path script = folder.resolve("s.yaml");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path alone = pictures("alone", 1, 0);

        assertThat(Console.sluice("init", script, "--images", folder.resolve("none")))
                .satisfies(oneLine("none does not exist or is no folder: correct the path"));
        assertThat(Console.sluice("init", script, "--images", empty))
                .satisfies(oneLine("empty has no images: put a folder per class there"));
        assertThat(Console.sluice("init", script, "--images", alone))
                .satisfies(oneLine("0.png is the only image of its class"));
        assertThat(Console.sluice("init", script, "--images", pictures("alone", 2, 0), "--csv", "t.csv"))
                .satisfies(oneLine("--csv and --images are two scripts: leave one out"));
        Files.writeString(alone.resolve("left/1.jpg"), "text");
        assertThat(Console.sluice("init", script, "--images", alone))
                .satisfies(oneLine("left/1.jpg is damaged or no PNG or JPEG image"));
        assertThat(script).doesNotExist();
    }

    @Test
    void withoutASizeUnequalOnesAreRefusedWithWhatToWrite() throws IOException {
        pictures("pictures", 4, 9);
        Path script = Files.writeString(
                folder.resolve("mine.yaml"), "data: {set: images, folder: pictures, test_share: 0.5}\n");

        assertThat(run(script))
                .satisfies(mistake(", and 14 more differ: all images must be of one size", "data: {resize: 28}"));
        assertThat(folder.resolve("run")).doesNotExist();
    }
}
