package sluice.framework.generator;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;

/** Turns images into latents, and latents into images, by a trained network. */
final class ImageEncoder implements AutoCloseable {
    private final LatentTable table;
    private final LatentNumbers numbers;
    private final int classes;

    ImageEncoder(TrainedGenerator trained) {
        this.table = new LatentTable(trained);
        this.numbers = LatentNumbers.of(trained.shape());
        this.classes = trained.shape().classes();
    }

    ImmutableList<Encoding> encode(float[][] images) {
        ImmutableList.Builder<Encoding> encodings = ImmutableList.builderWithExpectedSize(images.length);
        for (int first = 0; first < images.length; first += LatentTable.ROWS) {
            int rows = Math.min(LatentTable.ROWS, images.length - first);
            for (int row = 0; row < rows; row++) {
                table.give(row, images[first + row]);
            }
            encodings.addAll(encodeRows(rows));
        }
        return encodings.build();
    }

    private List<Encoding> encodeRows(int rows) {
        int latents = table.places().size();
        float[][][] probabilities = new float[rows][latents][];
        for (int latent = 0; latent < latents; latent++) {
            table.encode(latent);
            for (int row = 0; row < rows; row++) {
                probabilities[row][latent] = table.posterior(latent, row).clone();
                table.set(row, latent, likeliest(latent, probabilities[row][latent]));
            }
        }
        return Arrays.stream(probabilities).map(this::encoding).toList();
    }

    private float[] likeliest(int latent, float[] probabilities) {
        LatentLayer layer = table.places().get(latent).layer();
        float[] units = new float[layer.units()];
        for (int variable = 0; variable < layer.variables(); variable++) {
            LatentNumbers.set(layer, variable, LatentNumbers.likeliest(layer, variable, probabilities), units);
        }
        return units;
    }

    private Encoding encoding(float[][] probabilities) {
        int isClass = classes > 0 ? 1 : 0;
        int[] values = new int[numbers.count()];
        int category = LatentValues.NO_CLASS;
        int at = 0;
        for (int latent = 0; latent < probabilities.length; latent++) {
            LatentLayer layer = table.places().get(latent).layer();
            for (int variable = 0; variable < layer.variables(); variable++) {
                int value = LatentNumbers.likeliest(layer, variable, probabilities[latent]);
                if (latent < isClass) {
                    category = value;
                } else {
                    values[at++] = value;
                }
            }
        }
        return new Encoding(
                isClass > 0 ? probabilities[0] : new float[0],
                Arrays.stream(probabilities).skip(isClass).collect(ImmutableList.toImmutableList()),
                new LatentValues(category, values));
    }

    float[][] decode(List<LatentValues> latents) {
        float[][] decoded = new float[latents.size()][];
        for (int first = 0; first < decoded.length; first += LatentTable.ROWS) {
            int rows = Math.min(LatentTable.ROWS, decoded.length - first);
            for (int row = 0; row < rows; row++) {
                set(row, latents.get(first + row));
            }
            table.decode();
            for (int row = 0; row < rows; row++) {
                decoded[first + row] = table.output(row);
            }
        }
        return decoded;
    }

    private void set(int row, LatentValues values) {
        int at = 0;
        for (int latent = 0; latent < table.places().size(); latent++) {
            LatentLayer layer = table.places().get(latent).layer();
            float[] units = new float[layer.units()];
            boolean isClass = classes > 0 && latent == 0;
            for (int variable = 0; variable < layer.variables(); variable++) {
                LatentNumbers.set(layer, variable, isClass ? values.category() : values.variables()[at++], units);
            }
            table.set(row, latent, units);
        }
    }

    @Override
    public void close() {
        table.close();
    }
}
