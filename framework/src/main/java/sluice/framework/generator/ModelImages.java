package sluice.framework.generator;

import java.util.Arrays;

/** Images as a model takes them: what it is given, less the mean, and what it is to generate. */
record ModelImages(GenerativeModel model, float[][] images) {
    /** Some images of a part, spread evenly over it. */
    static float[][] spread(Images images, int most) {
        int count = Math.min(most, images.size());
        float[][] chosen = new float[count][images.features()];
        for (int i = 0; i < count; i++) {
            images.binarised(place(i, count, images.size()), chosen[i], null);
        }
        return chosen;
    }

    /** Where the image of that index is among all. */
    static int place(int index, int count, int all) {
        return (int) ((long) index * all / count);
    }

    float[] given(int index) {
        float[] given = Arrays.copyOf(images[index], model.shape().given());
        for (int j = 0; j < given.length; j++) {
            given[j] -= model.mean()[j];
        }
        return given;
    }

    float[] target(int index) {
        float[] image = images[index];
        return Arrays.copyOfRange(image, image.length - model.shape().generated(), image.length);
    }
}
