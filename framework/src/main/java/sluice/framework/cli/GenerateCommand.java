package sluice.framework.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import sluice.framework.experiment.StoredGenerator;
import sluice.framework.generator.GenerationRequest;
import sluice.framework.generator.GenerativeModel;
import sluice.framework.picture.PictureOutput;
import sluice.framework.picture.PictureSource;
import sluice.tasks.InputException;
import sluice.tasks.Printable;

/** {@code sluice generate}: pictures by a saved network that generates. */
@Command(
        name = "generate",
        description = {
            "Generates images with a saved model.",
            "The same seed gives the same bytes, and the first images of a larger count are those of a smaller one."
        },
        sortOptions = false,
        footer = {
            "",
            "Latent variables are numbered from 0, layer by layer from the side of the image; their values count from 0,",
            "too: 0 and 1 of binary ones. Those that are not given are drawn.",
            "",
            "Examples:",
            "  sluice generate --model runs/digits-on-request-seed1 --class 7 --count 16 --seed 3 --out sevens.png",
            "  sluice generate --model runs/digits-on-request-seed1 --latents 3=1,7=0 --count 1000 --out walk/"
        })
final class GenerateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by the command-line library
    private HelpOption help;

    @Option(names = "--model", paramLabel = "RUN", required = true, description = "a run folder, or its model.sluice")
    private Path model;

    @Option(
            names = "--class",
            paramLabel = "NAME",
            description = "a class as the data call it; given several times, images are of each in turn")
    private List<String> classes = new ArrayList<>();

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "how many images, 1 to 1,000,000 (default: ${DEFAULT-VALUE})")
    private int count = 16;

    @Option(names = "--seed", paramLabel = "SEED", description = "of all draws (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(
            names = "--first-draws",
            description =
                    "images of a class as they are first drawn; else those are drawn anew that the model itself takes for"
                            + " another class")
    private boolean firstDraws;

    @Option(
            names = "--latents",
            paramLabel = "I=V,...",
            description = "values that latent variables have, such as 3=1,7=0")
    private String latents;

    @Option(
            names = "--pixels",
            paramLabel = "WHAT",
            converter = PixelsWord.class,
            completionCandidates = PixelsWord.class,
            defaultValue = "probabilities",
            description = "${COMPLETION-CANDIDATES}: shades, or black and white (default: ${DEFAULT-VALUE})")
    private GenerationRequest.Pixels pixels;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description =
                    "images (IDX, plain or gzip) to complete, whole or their upper parts: for a model that predicts the rest")
    private Path input;

    @Option(
            names = "--out",
            paramLabel = "PLACE",
            required = true,
            description = "FILE.png: a grid; FILE.idx or FILE.idx.gz: MNIST's format; FOLDER/: single pictures")
    private String out;

    @Option(names = "--overwrite", description = "replace what is there already")
    private boolean overwrite;

    /** What a pixel is, as the command line spells it. */
    static final class PixelsWord implements ITypeConverter<GenerationRequest.Pixels>, Iterable<String> {
        @Override
        public GenerationRequest.Pixels convert(String word) {
            return Stream.of(GenerationRequest.Pixels.values())
                    .filter(value -> spelled(value).equals(word.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "must be %s, got %s".formatted(String.join(" or ", this), Printable.quoted(word))));
        }

        @Override
        public Iterator<String> iterator() {
            return Stream.of(GenerationRequest.Pixels.values())
                    .map(PixelsWord::spelled)
                    .iterator();
        }

        private static String spelled(GenerationRequest.Pixels value) {
            return value.name().toLowerCase(Locale.ROOT);
        }
    }

    GenerateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (count < 1 || count > GenerationRequest.MOST) {
            throw new InputException("--count must be in [1, %d], got %d".formatted(GenerationRequest.MOST, count));
        }
        ImmutableSortedMap<Integer, Integer> fixed =
                latents == null ? ImmutableSortedMap.of() : LatentsOption.parse(latents);
        PictureOutput output = PictureOutput.at(out, overwrite);
        GenerativeModel generator = StoredGenerator.load(model);
        GenerationRequest request = new GenerationRequest(count, seed, places(generator), fixed, pixels, !firstDraws);
        checkLatents(generator, request);
        output.check(generator.images(), count);
        output.write(generator.images(), count, source(generator, request));
        print(output);
        return 0;
    }

    private ImmutableList<Integer> places(GenerativeModel generator) {
        try {
            return classes.stream()
                    .map(name -> generator.images().index(name))
                    .collect(ImmutableList.toImmutableList());
        } catch (IllegalArgumentException unknown) {
            throw new InputException("--class: " + unknown.getMessage(), unknown);
        }
    }

    private static void checkLatents(GenerativeModel generator, GenerationRequest request) {
        try {
            generator.check(request);
        } catch (IllegalArgumentException outside) {
            throw new InputException("--latents: " + outside.getMessage(), outside);
        }
    }

    private PictureSource source(GenerativeModel generator, GenerationRequest request) {
        if (generator.isStructured() != (input != null)) {
            throw new InputException(
                    input == null
                            ? "%s completes images: give it some with --input".formatted(model)
                            : "--input: %s generates whole images and completes none: remove the option"
                                    .formatted(model));
        }
        if (input == null) {
            return into -> generator.sample(request, into);
        }
        float[][] beginnings = StoredGenerator.beginnings(generator, input);
        return into -> generator.complete(beginnings, request, into);
    }

    private void print(PictureOutput output) {
        String ofClasses = classes.isEmpty()
                ? ""
                : classes.stream()
                        .collect(Collectors.joining(", ", classes.size() > 1 ? " of classes " : " of class ", ""));
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "generated %,d image%s%s, seed %d%nwritten%n  %s%n",
                        count,
                        count == 1 ? "" : "s",
                        ofClasses,
                        seed,
                        output.place());
    }
}
