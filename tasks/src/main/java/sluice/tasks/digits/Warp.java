package sluice.tasks.digits;

/**
 * A smooth, random bending of the paper: a sum of plane waves, each a little longer or shorter than the box and with a
 * displacement in a direction of its own.
 */
final class Warp {
    private static final int WAVES = 3;
    private static final double MEAN_WAVE_NUMBER = 2 * Math.PI / 220;

    private final double[] waveX = new double[WAVES];
    private final double[] waveY = new double[WAVES];
    private final double[] phase = new double[WAVES];
    private final double[] shiftX = new double[WAVES];
    private final double[] shiftY = new double[WAVES];

    private Warp() {}

    /**
     * @param sigma deviation of the displacement per axis, in hundredths of the box
     */
    static Warp random(double sigma, RandomStream random) {
        Warp warp = new Warp();
        // a sine has mean square 1/2
        double amplitude = sigma * Math.sqrt(2.0 / WAVES);
        for (int w = 0; w < WAVES; w++) {
            warp.waveX[w] = MEAN_WAVE_NUMBER * random.bell();
            warp.waveY[w] = MEAN_WAVE_NUMBER * random.bell();
            warp.phase[w] = random.uniform(0, 2 * Math.PI);
            warp.shiftX[w] = amplitude * random.bell();
            warp.shiftY[w] = amplitude * random.bell();
        }
        return warp;
    }

    Point apply(Point point) {
        double dx = 0;
        double dy = 0;
        for (int w = 0; w < WAVES; w++) {
            double height = StrictMath.sin(waveX[w] * point.x() + waveY[w] * point.y() + phase[w]);
            dx += shiftX[w] * height;
            dy += shiftY[w] * height;
        }
        return point.plus(dx, dy);
    }
}
