package sluice.framework.generator;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import sluice.framework.internal.dense.Columns;
import sluice.framework.internal.dense.DenseStack;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.state.State;
import sluice.tasks.Shape;

/**
 * {@link ClassConsistency} in training: puts the moved images of a batch into the rows below it, and forms the gradient at their
 * logits. Owns its buffers.
 */
final class ConsistencyStep implements AutoCloseable {
    /** How far the answer is looked at to find out which direction changes it the most. */
    private static final float NEAR = 1e-2f;

    private final ClassConsistency consistency;
    private final GeneratorPass pass;
    private final DenseStack encoder;
    private final float[] mean;
    private final int width;
    private final int classes;
    private final NativeMatrix moved;
    private final NativeMatrix directions;
    private final Columns movedColumns;
    private final float[][] said;
    private final float[][] near;
    private final float[] image;
    private final float[] shifted;
    private final float[] answer;
    private final RandomGenerator random;
    private double weight;

    /**
     * @param rows most examples
     * @param mean that is taken from features
     */
    ConsistencyStep(
            ClassConsistency consistency,
            GeneratorPass pass,
            int rows,
            Shape shape,
            float[] mean,
            RandomStreams streams) {
        this.consistency = consistency;
        this.pass = pass;
        this.encoder = pass.parts.encoder(0);
        this.mean = mean;
        this.width = shape instanceof Shape.Image picture ? picture.width() : 0;
        this.classes = pass.place(0).units();
        this.moved = NativeMatrix.allocate(rows, pass.given());
        this.directions = NativeMatrix.allocate(rows, pass.given());
        this.movedColumns = new Columns(moved, 0, pass.given());
        this.said = new float[rows][classes];
        this.near = new float[rows][classes];
        this.image = new float[pass.given()];
        this.shifted = new float[pass.given()];
        this.answer = new float[classes];
        this.random = streams.stream("class-consistency");
    }

    /** Tells how far random numbers are. */
    void state(State state) {
        state.random("moves", random);
    }

    /** Sets the rows below the batch to its images, moved, and encodes the class of all. */
    void prepare(Lane lane, double newWeight, int rows) {
        weight = newWeight;
        encoder.forward(lane, pass.encoderInput(0), rows);
        answers(lane, rows);
        for (int r = 0; r < rows; r++) {
            shift(r);
            moved.put(r, 0, shifted, 0, shifted.length);
        }
        if (consistency.radius() > 0) {
            findDirections(lane, rows);
        }
        for (int r = 0; r < rows; r++) {
            moved.get(r, 0, shifted, 0, shifted.length);
            if (consistency.radius() > 0 && !pass.isKnown(0, r)) {
                directions.get(r, 0, image, 0, image.length);
                addScaled(image, consistency.radius(), shifted);
            }
            pass.give(rows + r, shifted);
        }
        encoder.forward(lane, pass.encoderInput(0), 2 * rows);
    }

    /** Of every image, what the encoder says as it is. */
    private void answers(Lane lane, int rows) {
        for (int r = 0; r < rows; r++) {
            encoder.logits().get(r, 0, said[r], 0, classes);
            softmax(lane, said[r]);
        }
    }

    private void softmax(Lane lane, float[] logits) {
        for (int c = 0; c < classes; c++) {
            logits[c] *= pass.slope(0);
        }
        lane.logits().logSoftmax(logits, logits, classes, classes);
        lane.logits().exponentials(logits, logits, classes);
    }

    /** One step of the power method, from a random direction. */
    private void findDirections(Lane lane, int rows) {
        encoder.forward(lane, movedColumns, rows);
        for (int r = 0; r < rows; r++) {
            encoder.logits().get(r, 0, near[r], 0, classes);
            softmax(lane, near[r]);
        }
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < image.length; j++) {
                image[j] = (float) random.nextGaussian();
            }
            moved.get(r, 0, shifted, 0, shifted.length);
            directions.put(r, 0, shifted, 0, shifted.length);
            addScaled(image, NEAR, shifted);
            moved.put(r, 0, shifted, 0, shifted.length);
        }
        encoder.forward(lane, movedColumns, rows);
        for (int r = 0; r < rows; r++) {
            encoder.logits().get(r, 0, answer, 0, classes);
            softmax(lane, answer);
            for (int c = 0; c < classes; c++) {
                answer[c] -= near[r][c];
            }
            encoder.logitGradient().put(r, 0, answer, 0, classes);
            // back to where the image was
            directions.get(r, 0, image, 0, image.length);
            moved.put(r, 0, image, 0, image.length);
        }
        Arrays.fill(image, 0);
        for (int r = 0; r < rows; r++) {
            directions.put(r, 0, image, 0, image.length);
        }
        encoder.backward(lane, movedColumns, new Columns(directions, 0, image.length), rows, DenseStack.Back.INPUTS);
    }

    /** Adds a direction, made that long. */
    private static void addScaled(float[] direction, double length, float[] to) {
        double square = 0;
        for (float value : direction) {
            square += (double) value * value;
        }
        float factor = square > 0 ? (float) (length / Math.sqrt(square)) : 0;
        for (int j = 0; j < to.length; j++) {
            to[j] += factor * direction[j];
        }
    }

    /** An image by so many pixels, each way at random; what comes in from beyond the edge is empty. */
    private void shift(int row) {
        pass.target(row, image);
        int most = consistency.shift();
        int right = most == 0 ? 0 : random.nextInt(2 * most + 1) - most;
        int down = most == 0 ? 0 : random.nextInt(2 * most + 1) - most;
        for (int j = 0; j < image.length; j++) {
            int x = width == 0 ? 0 : j % width - right;
            int from = j - right - down * width;
            boolean inside = most == 0 || (x >= 0 && x < width && from >= 0 && from < image.length);
            shifted[j] = (inside ? image[from] : 0) - mean[j];
        }
    }

    /** Sets the gradient at the logits of the moved images, once that of the batch is set, to which it adds. */
    void addGradients(Lane lane, int rows) {
        int unknown = 0;
        int known = 0;
        for (int r = 0; r < rows; r++) {
            if (pass.isKnown(0, r)) {
                known++;
            } else {
                unknown++;
            }
        }
        float factor = (float) (weight * pass.slope(0) / Math.max(1, unknown));
        float ofKnown = (float) (pass.labelWeight() * pass.slope(0) / rows);
        for (int r = 0; r < rows; r++) {
            encoder.logits().get(rows + r, 0, answer, 0, classes);
            softmax(lane, answer);
            boolean isKnown = known > 0 && pass.isKnown(0, r);
            float[] target = isKnown ? pass.known(r) : said[r];
            for (int c = 0; c < classes; c++) {
                answer[c] = (isKnown ? ofKnown : factor) * (answer[c] - target[c]);
            }
            encoder.logitGradient().put(rows + r, 0, answer, 0, classes);
            if (!isKnown && consistency.entropy() > 0) {
                addEntropy(r, (float) (factor * consistency.entropy()));
            }
        }
    }

    /** The gradient of the entropy of what is said of an image as it is. */
    private void addEntropy(int row, float factor) {
        float[] q = said[row];
        double entropy = 0;
        for (int c = 0; c < classes; c++) {
            entropy -= q[c] * Math.log(Math.max(q[c], Float.MIN_NORMAL));
        }
        encoder.logitGradient().get(row, 0, answer, 0, classes);
        for (int c = 0; c < classes; c++) {
            answer[c] -= (float) (factor * q[c] * (Math.log(Math.max(q[c], Float.MIN_NORMAL)) + entropy));
        }
        encoder.logitGradient().put(row, 0, answer, 0, classes);
    }

    @Override
    public void close() {
        moved.close();
        directions.close();
    }
}
