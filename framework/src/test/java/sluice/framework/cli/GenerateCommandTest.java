package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.sluice;

import com.google.common.collect.ImmutableList;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.framework.generator.GeneratedImage;
import sluice.framework.generator.GenerationRequest;
import sluice.framework.generator.GenerativeModel;
import sluice.framework.generator.GeneratorShape;
import sluice.framework.generator.ImageForm;
import sluice.framework.generator.LatentLayer;
import sluice.framework.generator.TinyGenerators;
import sluice.framework.network.GatedNetwork;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.Shape;
import sluice.tasks.source.IdxImages;

/** {@code sluice generate}: a model in, pictures out. */
class GenerateCommandTest {
    private static final GenerativeModel CLASSES = TinyGenerators.withClasses();

    /** A run folder, and models: with classes, without, one that completes, one of colours, one of no images, another kind. */
    @TempDir
    private static Path models;

    @TempDir
    private Path folder;

    private Path out;

    @BeforeAll
    static void save() throws IOException {
        CLASSES.save(Files.createDirectory(models.resolve("run")).resolve("model.sluice"));
        Files.createDirectory(models.resolve("empty"));
        TinyGenerators.plain().save(models.resolve("plain.sluice"));
        TinyGenerators.structured().save(models.resolve("structured.sluice"));
        GeneratorShape twelve =
                GeneratorShape.autoencoder(12, ImmutableList.of(LatentLayer.bernoulli(2)), ImmutableList.of());
        TinyGenerators.of(twelve, new Shape.Channels(3, 2, 2), 1).save(models.resolve("colours.sluice"));
        TinyGenerators.of(twelve, new Shape.Vector(12), 1).save(models.resolve("vector.sluice"));
        TinyGenerators.withClasses()
                .withImages(new ImageForm(new Shape.Image(2, 3), ImmutableList.of("a/b", "sandal & boot", "c")))
                .save(models.resolve("named.sluice"));
        Files.writeString(models.resolve("none.sluice"), "no model");
        try (GatedNetwork network = GatedNetwork.create(2, List.of(4), Normalisation.NONE, 1)) {
            network.save(models.resolve("gated.sluice"));
        }
    }

    @BeforeEach
    void place() throws IOException {
        out = Files.createDirectory(folder.resolve("out"));
    }

    private Console.Result generate(String model, String name, Object... options) {
        Object[] all = Stream.concat(
                        Stream.of("generate", "--model", models.resolve(model), "--out", out + "/" + name),
                        Stream.of(options))
                .toArray();
        return sluice(all);
    }

    private void done(String model, String name, Object... options) {
        assertThat(generate(model, name, options).code()).isZero();
    }

    private List<String> written() throws IOException {
        try (Stream<Path> files = Files.list(out)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static int[] shades(GeneratedImage image) {
        int[] shades = new int[image.pixels().length];
        for (int j = 0; j < shades.length; j++) {
            shades[j] = Math.round(255 * image.pixels()[j]);
        }
        return shades;
    }

    private static int[] part(BufferedImage picture, int x, int y) {
        return picture.getRaster().getPixels(x, y, 3, 2, (int[]) null);
    }

    @Test
    void aGridHasImagesOfTheClassWithAThinGapBetween() throws IOException {
        Console.Result result = generate("run", "grid.png", "--class", "b", "--count", 7, "--seed", 3);

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines())
                .containsExactly("generated 7 images of class b, seed 3", "written", "  " + out.resolve("grid.png"));
        BufferedImage picture = ImageIO.read(out.resolve("grid.png").toFile());
        assertThat(picture.getWidth()).isEqualTo(3 * 3 + 2 * 2);
        assertThat(picture.getHeight()).isEqualTo(3 * 2 + 2 * 2);
        for (GeneratedImage image : CLASSES.sample(GenerationRequest.of(7, 3).ofClasses(1))) {
            assertThat(part(picture, image.index() % 3 * 5, image.index() / 3 * 4))
                    .containsExactly(shades(image));
        }
        assertThat(picture.getRaster().getSample(3, 0, 0)).isEqualTo(96);
        assertThat(picture.getRaster().getSample(12, 9, 0)).isEqualTo(96);
        assertThat(written()).containsExactly("grid.png");
    }

    @ParameterizedTest
    @CsvSource({"a.png,b.png", "a.idx,b.idx", "a.idx.gz,b.idx.gz"})
    void theSameSeedGivesTheSameBytes(String one, String other) throws IOException {
        done("run", one, "--seed", 5, "--pixels", "drawn");
        done("run", other, "--seed", 5, "--pixels", "drawn");

        assertThat(out.resolve(other)).hasSameBinaryContentAs(out.resolve(one));

        done("run", other, "--seed", 6, "--pixels", "drawn", "--overwrite");
        assertThat(Files.readAllBytes(out.resolve(other))).isNotEqualTo(Files.readAllBytes(out.resolve(one)));
    }

    @Test
    void idxFilesAreReadAsThoseOfDataAreAndBeginWithThoseOfASmallerCount() throws IOException {
        for (String name : List.of("few.idx", "few.idx.gz")) {
            done("run", name, "--count", 150, "--seed", 3);

            Examples read = IdxImages.read(out.resolve(name), 6, 0);

            assertThat(read.size()).isEqualTo(150);
            float[] row = new float[6];
            for (GeneratedImage image : CLASSES.sample(GenerationRequest.of(150, 3))) {
                read.read(image.index(), row);
                for (int j = 0; j < 6; j++) {
                    assertThat(row[j]).isEqualTo(shades(image)[j]);
                }
            }
        }
        done("run", "many.idx", "--count", 400, "--seed", 3);
        ByteBuffer few =
                ByteBuffer.wrap(Files.readAllBytes(out.resolve("few.idx"))).position(16);
        ByteBuffer many = ByteBuffer.wrap(Files.readAllBytes(out.resolve("many.idx")));
        assertThat(many.capacity()).isEqualTo(16 + 400 * 6);
        assertThat(many.slice(16, 150 * 6)).isEqualTo(few.slice());
    }

    @Test
    void drawnPixelsAreBlackOrWhite() throws IOException {
        done("run", "grid.idx", "--count", 40, "--pixels", "drawn");

        byte[] bytes = Files.readAllBytes(out.resolve("grid.idx"));
        for (int at = 16; at < bytes.length; at++) {
            assertThat(bytes[at]).isIn((byte) 0, (byte) 255);
        }
    }

    @Test
    void aFolderHasAPictureOfEachNamedByNumberAndClass() throws IOException {
        done("run", "walk/", "--class", "c", "--class", "a", "--count", 10);

        Path walk = out.resolve("walk");
        try (Stream<Path> files = Files.list(walk)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("01-class-c.png", "02-class-a.png", "10-class-a.png")
                    .hasSize(10);
        }
        for (GeneratedImage image : CLASSES.sample(GenerationRequest.of(2, 1).ofClasses(2, 0))) {
            Path file = walk.resolve(image.index() == 0 ? "01-class-c.png" : "02-class-a.png");
            assertThat(part(ImageIO.read(file.toFile()), 0, 0)).containsExactly(shades(image));
        }
        assertThat(written()).containsExactly("walk");
    }

    @Test
    void aFolderOfPicturesIsReplacedIfAskedForAndOneOfOtherThingsNever() throws IOException {
        done("plain.sluice", "walk/", "--count", 12);

        assertThat(generate("plain.sluice", "walk/")).satisfies(Console.oneLine("is there already", "--overwrite"));
        done("plain.sluice", "walk", "--count", 3, "--overwrite");

        Path walk = out.resolve("walk");
        try (Stream<Path> files = Files.list(walk)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("1.png", "2.png", "3.png");
        }
        Path precious = Files.writeString(walk.resolve("precious.txt"), "mine");
        assertThat(generate("plain.sluice", "walk/", "--overwrite"))
                .satisfies(Console.oneLine("holds precious.txt, which no generated picture is called"));
        assertThat(precious).hasContent("mine");
        assertThat(walk.resolve("2.png")).exists();
    }

    @Test
    void anEmptyFolderIsFilled() throws IOException {
        Files.createDirectory(out.resolve("there"));

        done("named.sluice", "there", "--class", "a/b", "--count", 1);

        assertThat(out.resolve("there/1-class-a_b.png")).exists();
        assertThat(written()).containsExactly("there");
    }

    @Test
    void latentsAreHonoured() throws IOException {
        done("run", "x.idx", "--latents", "3=1, 0=2", "--seed", 3, "--count", 4);

        byte[] bytes = Files.readAllBytes(out.resolve("x.idx"));
        for (GeneratedImage image : CLASSES.sample(GenerationRequest.of(4, 3).withLatents(Map.of(3, 1, 0, 2)))) {
            for (int j = 0; j < 6; j++) {
                assertThat(Byte.toUnsignedInt(bytes[16 + 6 * image.index() + j]))
                        .isEqualTo(shades(image)[j]);
            }
        }
    }

    @Test
    void coloursAreDrawn() throws IOException {
        done("colours.sluice", "one.png", "--count", 1);

        BufferedImage picture = ImageIO.read(out.resolve("one.png").toFile());
        GeneratedImage image = GenerativeModel.load(models.resolve("colours.sluice"))
                .sample(GenerationRequest.of(1, 1))
                .get(0);
        assertThat(picture.getRGB(1, 0) & 0xff).isEqualTo(shades(image)[9]);
        assertThat(picture.getRGB(0, 1) >> 16 & 0xff).isEqualTo(shades(image)[2]);
        assertThat(generate("colours.sluice", "one.idx")).satisfies(Console.oneLine("has no colours"));
        assertThat(generate("vector.sluice", "two.png")).satisfies(Console.oneLine("12 features that are no grey"));
    }

    private Path idx(int height, int width, int... pixels) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(16 + pixels.length);
        bytes.putInt(0x803)
                .putInt(pixels.length / height / width)
                .putInt(height)
                .putInt(width);
        for (int pixel : pixels) {
            bytes.put((byte) pixel);
        }
        return Files.write(folder.resolve(height + "x" + width + ".idx"), bytes.array());
    }

    @Test
    void aStructuredModelCompletesUpperPartsAndWholeImages() throws IOException {
        Path upper = idx(2, 2, 255, 0, 0, 255, 0, 51, 255, 0);
        Path whole = idx(4, 2, 255, 0, 0, 255, 9, 9, 9, 9, 0, 51, 255, 0, 9, 9, 9, 9);

        done("structured.sluice", "a.idx", "--input", upper, "--count", 3);
        done("structured.sluice", "b.idx", "--input", whole, "--count", 3);

        byte[] completed = Files.readAllBytes(out.resolve("a.idx"));
        assertThat(ByteBuffer.wrap(completed).slice(16, 4)).isEqualTo(ByteBuffer.wrap(new byte[] {-1, 0, 0, -1}));
        assertThat(ByteBuffer.wrap(completed).slice(24, 4)).isEqualTo(ByteBuffer.wrap(new byte[] {0, 51, -1, 0}));
        assertThat(ByteBuffer.wrap(completed).slice(32, 4)).isEqualTo(ByteBuffer.wrap(new byte[] {-1, 0, 0, -1}));
        assertThat(out.resolve("b.idx")).hasSameBinaryContentAs(out.resolve("a.idx"));
        assertThat(generate("structured.sluice", "c.png", "--input", idx(3, 2, new int[6])))
                .satisfies(Console.oneLine("holds images of 3 x 2 pixels, 6 features; the model takes 8"));
        assertThat(generate("structured.sluice", "c.png"))
                .satisfies(Console.oneLine("completes images: give it some with --input"));
        assertThat(generate("structured.sluice", "c.png", "--input", models.resolve("none.sluice")))
                .satisfies(Console.oneLine("is no file of images in MNIST's format"));
        assertThat(generate("run", "c.png", "--input", upper)).satisfies(Console.oneLine("--input", "completes none"));
        assertThat(written()).containsExactly("a.idx", "b.idx");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--class d | --class: the model knows no class 'd': choose one of a, b, c",
                "--count 0 | --count must be in [1, 1000000], got 0",
                "--count 1000001 | --count must be in [1, 1000000], got 1000001",
                "--count many | --count",
                "--count 10001 | 10,001 images of 2 x 3 pixels are too many for one picture (at most 10,000",
                "--latents 4=1 | --latents: latent variables are numbered 0 to 3, got 4",
                "--latents -1=1 | --latents: latent variables are numbered 0 to 3, got -1",
                "--latents 0=3 | --latents: latent variable 0 has the values 0 to 2, got 3",
                "--latents 2=-1 | --latents: latent variable 2 has the values 0 to 1, got -1",
                "--latents 2=1,2=0 | --latents: variable 2 has two values",
                "--latents 2:1 | --latents must be numbers of variables with their values, such as 3=1,7=0; got '2:1'",
                "--latents 2=1, | got ''",
                "--latents 2=1=0 | got '2=1=0'",
                "--latents 99999999999=0 | got '99999999999=0'",
                "--pixels grey | must be probabilities or drawn, got 'grey'",
                "--seed x | --seed",
            })
    void aWrongOptionIsOneLine(String options, String message) throws IOException {
        int blank = options.indexOf(' ');

        Console.Result result = generate("run", "x.png", options.substring(0, blank), options.substring(blank + 1));

        assertThat(result).satisfies(Console.oneLine(message));
        assertThat(written()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run | x.jpg | tells no format: end it with .png (a grid), with .idx or .idx.gz",
                "run | x | tells no format",
                "run | none/x.png | the folder of ",
                "run | none/x/ | is not there: make it",
                "gated.sluice | x.png | is the model of a gated network, which tells classes apart, and cannot generate",
                "none.sluice | x.png | is damaged or no Sluice model",
                "nowhere | x.png | no model at",
                "empty | x.png | holds no model.sluice: name the folder of a run whose script has a generator",
            })
    void aWrongPlaceOrModelIsOneLine(String model, String name, String message) throws IOException {
        assertThat(generate(model, name)).satisfies(Console.oneLine(message));

        assertThat(written()).isEmpty();
    }

    @Test
    void aClassOfAModelWithoutClassesIsRefused() {
        assertThat(generate("plain.sluice", "x.png", "--class", "7"))
                .satisfies(Console.oneLine("--class: the model has no classes"));
    }

    @Test
    void aFileThatIsThereIsKeptUnlessItMayBeReplaced() throws IOException {
        for (String name : List.of("x.png", "x.idx", "x.idx.gz")) {
            Files.writeString(out.resolve(name), "precious");

            assertThat(generate("run", name)).satisfies(Console.oneLine("is there already", "--overwrite"));
            assertThat(out.resolve(name)).hasContent("precious");
            assertThat(generate("run", name + "/", "--overwrite")).satisfies(Console.oneLine("is a file"));

            done("run", name, "--overwrite");
        }
        assertThat(written()).containsExactly("x.idx", "x.idx.gz", "x.png");
    }
}
