package sluice.framework.experiment;

import java.nio.file.Path;
import sluice.framework.generator.GenerativeModel;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Normalisation;
import sluice.tasks.Shape;
import sluice.tasks.source.IdxImages;

/** A saved network that generates, and files of images for it. */
public final class StoredGenerator {
    private StoredGenerator() {}

    /**
     * {@return the model}
     *
     * @param named a run folder, or its model
     * @throws InputException if there is no model, it is damaged, or cannot generate
     */
    public static GenerativeModel load(Path named) {
        return GenerativeModel.load(ModelPlace.of(named, "a run whose script has a generator"));
    }

    /**
     * {@return rows of values in [0, 1]: whole images, or what a structured network is given of them}
     *
     * @param model a structured network
     * @param input images in MNIST's format, gzip or plain
     * @throws InputException if it cannot be read, or has images of other sizes
     */
    public static float[][] beginnings(GenerativeModel model, Path input) {
        if (!IdxImages.isIdx(input)) {
            throw new InputException(input + " is no file of images in MNIST's format (IDX, plain or gzip): give one");
        }
        Shape.Image shape = IdxImages.shape(input);
        int whole = model.images().shape().features();
        int given = model.shape().given();
        boolean isPart =
                shape.features() == given && isUpperPart(shape, model.images().shape());
        Examples images = IdxImages.read(input, isPart ? given : whole, 0);
        float[][] rows = new float[images.size()][images.features()];
        for (int i = 0; i < rows.length; i++) {
            images.read(i, rows[i]);
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] *= Normalisation.UNIT_PIXELS.scale();
            }
        }
        return rows;
    }

    private static boolean isUpperPart(Shape.Image part, Shape whole) {
        return !(whole instanceof Shape.Image image) || image.width() == part.width();
    }
}
