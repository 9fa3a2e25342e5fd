package sluice.tasks.source;

import sluice.tasks.DataSet;
import sluice.tasks.digits.Digits;

/**
 * The embedded data set of drawn digits: no files, no download.
 *
 * @param trainSize training examples, at least 10
 * @param testSize test examples, at least 10
 * @param seed of the drawing
 */
public record DrawnDigits(int trainSize, int testSize, long seed) implements DataSource {
    @Override
    public String name() {
        return Digits.NAME;
    }

    @Override
    public String description() {
        return "digits drawn by Sluice itself, 10 classes, any number of images of 28x28, nothing to download";
    }

    @Override
    public DataSet load(DataPlace place) {
        return Digits.draw(trainSize, testSize, seed);
    }
}
