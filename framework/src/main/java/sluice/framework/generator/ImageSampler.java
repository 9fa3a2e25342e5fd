package sluice.framework.generator;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Floats;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import sluice.framework.internal.random.RandomStreams;

/**
 * Draws images from the latents that hang on nothing else down to the pixels. Every latent takes its random number, be its
 * value given or not: with one seed, images differ in nothing but what follows from the values that are given.
 */
final class ImageSampler implements AutoCloseable {
    private final GeneratorShape shape;
    private final GenerationRequest request;
    private final float[][] given;
    private final LatentTable table;
    private final LatentNumbers numbers;
    private final RandomStreams streams;
    private final RandomGenerator[] noise = new RandomGenerator[LatentTable.ROWS];
    private final int[] categories = new int[LatentTable.ROWS];
    private final boolean[] rests = new boolean[LatentTable.ROWS];
    private final int[][] variables;

    /**
     * @param given images whose beginnings a structured network completes, in turn; none for an autoencoder
     */
    ImageSampler(TrainedGenerator trained, GenerationRequest request, float[][] given) {
        this.shape = trained.shape();
        this.request = request;
        this.given = given;
        this.table = new LatentTable(trained);
        this.numbers = LatentNumbers.of(shape);
        this.streams = new RandomStreams(request.seed());
        this.variables = new int[LatentTable.ROWS][numbers.count()];
    }

    void sample(Consumer<GeneratedImage> into) {
        for (int first = 0; first < request.count(); first += LatentTable.ROWS) {
            begin(first);
            if (TrainedGenerator.isStructured(shape)) {
                downwards();
                table.decode();
            } else {
                upwardsTillRecognised(first);
            }
            int rows = Math.min(LatentTable.ROWS, request.count() - first);
            for (int row = 0; row < rows; row++) {
                into.accept(image(first, row));
            }
        }
    }

    private void begin(int first) {
        for (int row = 0; row < LatentTable.ROWS; row++) {
            noise[row] = streams.stream("sample", first + row);
            categories[row] = LatentValues.NO_CLASS;
            rests[row] = false;
            if (given.length > 0) {
                table.give(row, given[(first + row) % given.length]);
            }
        }
    }

    /** From what is given: each layer hangs on the one before it. */
    private void downwards() {
        for (int latent = 0; latent < table.places().size(); latent++) {
            table.encode(latent);
            for (int row = 0; row < LatentTable.ROWS; row++) {
                drawLayer(latent, latent, row, table.posterior(latent, row));
            }
        }
    }

    /** Rows that are recognised rest, the others are drawn anew. */
    private void upwardsTillRecognised(int first) {
        boolean asked = request.recognised()
                && !request.classes().isEmpty()
                && request.latents().isEmpty();
        boolean all = false;
        for (int draw = 0; draw < (asked ? GenerationRequest.MOST_DRAWS : 1) && !all; draw++) {
            upwards(first);
            table.decode();
            all = asked && recognise();
        }
    }

    /** Lets rows rest that the encoder takes for their class; whether all do. */
    private boolean recognise() {
        for (int row = 0; row < LatentTable.ROWS; row++) {
            table.give(row, table.output(row));
        }
        table.encode(0);
        boolean all = true;
        for (int row = 0; row < LatentTable.ROWS; row++) {
            rests[row] |= table.posterior(0, row)[categories[row]] >= GenerationRequest.RECOGNISED;
            all &= rests[row];
        }
        return all;
    }

    /** From the prior: the class, then the layers from the top. */
    private void upwards(int first) {
        int classes = shape.classes() > 0 ? 1 : 0;
        for (int row = 0; row < LatentTable.ROWS * classes; row++) {
            if (!rests[row]) {
                drawClass(first, row);
            }
        }
        for (int latent = table.places().size() - 1; latent >= classes; latent--) {
            table.expect(latent);
            for (int row = 0; row < LatentTable.ROWS; row++) {
                if (!rests[row]) {
                    drawLayer(latent, latent - classes, row, table.prior(latent, row));
                }
            }
        }
    }

    private void drawClass(int first, int row) {
        LatentLayer layer = table.places().get(0).layer();
        float[] units = new float[layer.units()];
        new LatentDraws(layer, noise[row]).draw(table.prior(0, row), units);
        ImmutableList<Integer> wanted = request.classes();
        if (!wanted.isEmpty()) {
            LatentNumbers.set(layer, 0, wanted.get((first + row) % wanted.size()), units);
        }
        categories[row] = LatentNumbers.likeliest(layer, 0, units);
        table.set(row, 0, units);
    }

    private void drawLayer(int latent, int layer, int row, float[] probabilities) {
        LatentLayer form = table.places().get(latent).layer();
        int firstNumber = numbers.first(layer);
        float[] units = new float[form.units()];
        new LatentDraws(form, noise[row]).draw(probabilities, units);
        for (Map.Entry<Integer, Integer> fixed : request.latents()
                .subMap(firstNumber, firstNumber + form.variables())
                .entrySet()) {
            LatentNumbers.set(form, fixed.getKey() - firstNumber, fixed.getValue(), units);
        }
        for (int variable = 0; variable < form.variables(); variable++) {
            variables[row][firstNumber + variable] = LatentNumbers.likeliest(form, variable, units);
        }
        table.set(row, latent, units);
    }

    private GeneratedImage image(int first, int row) {
        float[] pixels = table.output(row);
        if (request.pixels() == GenerationRequest.Pixels.DRAWN) {
            for (int j = 0; j < pixels.length; j++) {
                pixels[j] = noise[row].nextDouble() < pixels[j] ? 1 : 0;
            }
        }
        int index = first + row;
        float[] whole = given.length == 0
                ? pixels
                : Floats.concat(Arrays.copyOf(given[index % given.length], shape.given()), pixels);
        return new GeneratedImage(index, new LatentValues(categories[row], variables[row].clone()), whole);
    }

    @Override
    public void close() {
        table.close();
    }
}
