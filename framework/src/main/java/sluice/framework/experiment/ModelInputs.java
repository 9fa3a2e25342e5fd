package sluice.framework.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Normalisation;
import sluice.tasks.Printable;
import sluice.tasks.Shape;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.csv.NumericTable;
import sluice.tasks.csv.TableContent;
import sluice.tasks.csv.TableEncoding;
import sluice.tasks.csv.TableReading;
import sluice.tasks.images.ImageSize;
import sluice.tasks.images.InputImages;
import sluice.tasks.source.IdxImages;

/**
 * What a model takes, and how new examples become that.
 *
 * @param shape of an example, as far as the model knows it
 * @param settings that the model was learned with; nothing where it was made in Java
 * @param encoding how rows of tables became inputs, if the model holds that
 */
record ModelInputs(Shape shape, JsonNode settings, Optional<TableEncoding> encoding) {
    /** What stands for a column of labels where folders are named as classes. */
    private static final String FOLDER = "folder";

    /** What the provenance of a model that learned from images calls their size, which its layers need not know. */
    static final String IMAGE = "image";

    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,3})x([1-9]\\d{0,3})(?:x([1-9]))?");

    static ModelInputs of(Shape shape, Map<String, String> provenance, Optional<TableEncoding> encoding) {
        Shape told = image(provenance.getOrDefault(IMAGE, ""))
                .filter(image -> image.features() == shape.features())
                .orElse(shape);
        return new ModelInputs(told, settings(provenance), encoding);
    }

    /** For a model's provenance: width and height, with the frame around images, and channels where there are several. */
    static String size(Shape.Channels image) {
        String size = image.width() + "x" + image.height();
        return image.channels() == 1 ? size : size + "x" + image.channels();
    }

    private static Optional<Shape> image(String size) {
        Matcher numbers = SIZE.matcher(size);
        if (!numbers.matches()) {
            return Optional.empty();
        }
        int channels = numbers.group(3) == null ? 1 : Integer.parseInt(numbers.group(3));
        return Optional.of(new Shape.Channels(
                        channels, /* height= */ Integer.parseInt(numbers.group(2)), Integer.parseInt(numbers.group(1)))
                .simplest());
    }

    /** The settings that a model was learned with, as its provenance has them; nothing where it was made in Java. */
    static JsonNode settings(Map<String, String> provenance) {
        try {
            return new ObjectMapper().readTree(provenance.getOrDefault("settings", "{}"));
        } catch (JsonProcessingException foreign) {
            return new ObjectMapper().createObjectNode();
        }
    }

    /**
     * Reads examples as the model's data had them: images get the frame that it put around them, the cells of a table are
     * encoded as its were.
     */
    GivenExamples read(Path input, Optional<String> label) {
        if (InputImages.isAt(input) || (encoding.isEmpty() && InputImages.isMeantAt(input))) {
            return readImages(input, label);
        }
        if (IdxImages.isIdx(input)) {
            return readIdx(input, label);
        }
        if (!TableContent.isText(input)) {
            throw unexpected(input, "neither text nor gzip");
        }
        return GivenExamples.of(encoding.map(table -> TableReading.read(table, input, label))
                .orElseGet(() -> NumericTable.read(input, shape.features(), label)));
    }

    private GivenExamples readImages(Path input, Optional<String> label) {
        if (encoding.isPresent()) {
            throw unexpected(input, Files.isDirectory(input) ? "a folder" : "an image");
        }
        label.filter(column -> !column.equals(FOLDER)).ifPresent(column -> {
            throw new InputException(
                    "--label: images have no column %s: write --label folder if each lies in a folder named as its class, or remove the option"
                            .formatted(Printable.quoted(column)));
        });
        return GivenExamples.of(InputImages.read(input, shape, frame(), size()), label.isPresent());
    }

    private GivenExamples readIdx(Path input, Optional<String> label) {
        if (encoding.isPresent()) {
            throw unexpected(input, "a file of images");
        }
        label.ifPresent(column -> {
            throw new InputException(
                    "--label: %s holds images, which have no column %s: remove the option, or give a table"
                            .formatted(input, Printable.quoted(column)));
        });
        return GivenExamples.of(IdxImages.read(input, shape.features(), frame()));
    }

    private int frame() {
        return settings.at("/data/padding").asInt();
    }

    /** What the model's data were brought to. */
    private ImageSize size() {
        JsonNode sides = settings.at("/data/resize");
        int height = sides.path("height").asInt();
        int width = sides.path("width").asInt();
        return height < 1 || width < 1 ? new ImageSize.AsStored() : new ImageSize.Resized(height, width);
    }

    private InputException unexpected(Path input, String kind) {
        return new InputException("%s: is %s: %s".formatted(input, kind, expected()));
    }

    private String expected() {
        return encoding.map(
                        table ->
                                "the model learned from tables: give it a table with their columns, a CSV file in UTF-8, plain or gzip")
                .orElseGet(() ->
                        "the model takes PNG or JPEG images, one or a folder of them, images in MNIST's format (IDX, plain or gzip), or a CSV file in UTF-8 (plain or gzip) with a number for each of its %d features: give one of these"
                                .formatted(shape.features()));
    }

    /** The examples as a task saw them whose features the script permuted; else as they are. */
    Examples permuted(Examples examples, String task) {
        int tasks = settings.at("/split/permuted").asInt();
        if (tasks == 0) {
            return examples;
        }
        return TaskSequence.permuted(
                        DataSet.of("input", examples, examples, Map.of()),
                        Normalisation.NONE,
                        tasks,
                        settings.path("seed").asLong())
                .tasks()
                .stream()
                .filter(permuted -> permuted.name().equals(task))
                .findFirst()
                .map(Task::test)
                .orElse(examples);
    }
}
