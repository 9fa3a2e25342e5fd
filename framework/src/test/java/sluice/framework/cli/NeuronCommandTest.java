package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class NeuronCommandTest {
    @TempDir
    private Path folder;

    private Console.Result neuron(Object... options) {
        return Console.sluice(
                Stream.concat(Stream.of("neuron"), Stream.of(options)).toArray());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    static Document svg(Path file) throws Exception {
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
        try (InputStream in = Files.newInputStream(file)) {
            return builder.parse(in);
        }
    }

    @Test
    void thePanelsAreWrittenAsPngAndSvg() throws Exception {
        Console.Result result = neuron("--out", folder.resolve("figure"), "--seed", 3);

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out().strip().lines()).hasSize(1);
        assertThat(result.out())
                .matches(
                        "(?s)\\d,\\d{3} of 10,000 draws are open, expected 5,000\\.0 with standard deviation 23\\.6; .*")
                .contains(
                        folder.resolve("figure.png").toString(),
                        folder.resolve("figure.svg").toString());
        assertThat(files()).containsExactly("figure.png", "figure.svg");
        BufferedImage image = ImageIO.read(folder.resolve("figure.png").toFile());
        assertThat(image.getWidth()).isEqualTo(1600);
        Document document = svg(folder.resolve("figure.svg"));
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(document.getElementsByTagName("line").getLength()).isGreaterThan(1000);
    }

    @Test
    void aFolderGetsTheDefaultName() throws IOException {
        Console.Result result = neuron("--out", folder, "--activation", "sigmoid", "--slope", 2.5, "--deterministic");

        assertThat(result.code()).isZero();
        assertThat(result.out()).startsWith("5,000 of 10,000 draws are open, expected 5,000.0");
        assertThat(files()).containsExactly("neuron.png", "neuron.svg");
    }

    @Test
    void filesAreReplacedOnlyIfAskedFor() throws IOException {
        Path earlier = Files.writeString(folder.resolve("neuron.svg"), "mine");

        Console.Result refused = neuron("--out", folder);

        assertThat(refused).satisfies(Console.oneLine("neuron.svg is there already: add --overwrite"));
        assertThat(files()).containsExactly("neuron.svg");
        assertThat(earlier).hasContent("mine");
        assertThat(neuron("--out", folder, "--overwrite").code()).isZero();
        assertThat(files()).containsExactly("neuron.png", "neuron.svg");
    }

    @Test
    void badOptionsGiveOneLineAndNoFile() throws IOException {
        assertThat(neuron("--slope", 0)).satisfies(Console.oneLine("--slope must be above 0, got 0.0"));
        assertThat(neuron("--slope", "NaN")).satisfies(Console.oneLine("--slope must be above 0, got NaN"));
        assertThat(neuron("--slope", "steep")).satisfies(Console.oneLine("--slope", "steep"));
        assertThat(neuron("--activation", "tanh")).satisfies(Console.oneLine("hard-sigmoid", "tanh"));
        assertThat(neuron("--out", folder.resolve("figure.png")))
                .satisfies(Console.oneLine("name it without .png and .svg"));
        assertThat(neuron("--out", folder.resolve("none").resolve("figure")))
                .satisfies(Console.oneLine("the folder of", "is not there"));
        assertThat(files()).isEmpty();
    }
}
