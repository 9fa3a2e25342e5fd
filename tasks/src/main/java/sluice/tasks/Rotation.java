package sluice.tasks;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;

/**
 * Images turned counter-clockwise about their centre, bilinearly interpolated, each channel alike; what comes in from outside
 * is 0. Pixels are row-major from the top left. Turns by whole multiples of 90 degrees of square images move pixels exactly.
 */
public final class Rotation implements FeatureMap {
    /** Coordinates are rounded to this share of a pixel, so that a sine of 1e-16 is none. */
    private static final double GRID = 0x1p20;

    private static final int NEIGHBOURS = 4;

    private final int channels;
    private final int height;
    private final int width;
    private final double degrees;

    /** Where the sources of each pixel end; they start where those of the pixel before it end. */
    private final int[] ends;

    private final int[] sources;
    private final float[] weights;

    private Rotation(Shape.Channels image, double degrees) {
        this.channels = image.channels();
        this.height = image.height();
        this.width = image.width();
        this.degrees = degrees;
        this.ends = new int[Math.multiplyExact(height, width)];
        int[] from = new int[Math.multiplyExact(NEIGHBOURS, ends.length)];
        float[] shares = new float[from.length];
        double radians = StrictMath.toRadians(StrictMath.IEEEremainder(degrees, 360));
        double sine = StrictMath.sin(radians);
        double cosine = StrictMath.cos(radians);
        double middle = (height - 1) / 2.0;
        double centre = (width - 1) / 2.0;
        int end = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double up = middle - y;
                double right = x - centre;
                double row = onGrid(middle - (cosine * up - sine * right));
                double column = onGrid(centre + (cosine * right + sine * up));
                end = interpolate(row, column, from, shares, end);
                ends[y * width + x] = end;
            }
        }
        this.sources = Arrays.copyOf(from, end);
        this.weights = Arrays.copyOf(shares, end);
    }

    /** Adds the pixels around a place, each with its share. */
    private int interpolate(double row, double column, int[] from, float[] shares, int first) {
        int next = first;
        for (int y = (int) Math.floor(row); y <= Math.ceil(row); y++) {
            for (int x = (int) Math.floor(column); x <= Math.ceil(column); x++) {
                if (y >= 0 && y < height && x >= 0 && x < width) {
                    from[next] = y * width + x;
                    shares[next] = (float) ((1 - Math.abs(row - y)) * (1 - Math.abs(column - x)));
                    next++;
                }
            }
        }
        return next;
    }

    /**
     * {@return the rotation}
     *
     * @param height pixels of a column, at least 1
     * @param width pixels of a row, at least 1
     * @param degrees counter-clockwise, finite
     * @throws IllegalArgumentException if a number is out of range
     */
    public static Rotation of(int height, int width, double degrees) {
        return of(new Shape.Channels(1, height, width), degrees);
    }

    /**
     * {@return the rotation}
     *
     * @param image channels, each of which is turned
     * @param degrees counter-clockwise, finite
     * @throws IllegalArgumentException if the angle is not finite
     */
    public static Rotation of(Shape.Channels image, double degrees) {
        checkArgument(Double.isFinite(degrees), "degrees must be finite, got %s", degrees);
        return new Rotation(image, degrees);
    }

    private static double onGrid(double coordinate) {
        return Math.rint(coordinate * GRID) / GRID;
    }

    @Override
    public int features() {
        return channels * ends.length;
    }

    @Override
    public void apply(float[] from, int offset, float[] into) {
        for (int first = 0; first < features(); first += ends.length) {
            turn(from, offset + first, into, first);
        }
    }

    private void turn(float[] from, int offset, float[] into, int first) {
        int next = 0;
        for (int pixel = 0; pixel < ends.length; pixel++) {
            float sum = 0;
            for (; next < ends[pixel]; next++) {
                sum += weights[next] * from[offset + sources[next]];
            }
            into[first + pixel] = sum;
        }
    }

    @Override
    public void apply(byte[] from, int offset, float[] into) {
        for (int first = 0; first < features(); first += ends.length) {
            turn(from, offset + first, into, first);
        }
    }

    private void turn(byte[] from, int offset, float[] into, int first) {
        int next = 0;
        for (int pixel = 0; pixel < ends.length; pixel++) {
            float sum = 0;
            for (; next < ends[pixel]; next++) {
                sum += weights[next] * (from[offset + sources[next]] & 0xff);
            }
            into[first + pixel] = sum;
        }
    }

    @Override
    public String toString() {
        return "Rotation[%sheight=%d, width=%d, degrees=%s]"
                .formatted(channels == 1 ? "" : "channels=" + channels + ", ", height, width, degrees);
    }
}
